package io.trinity.sandbox;

import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.Engine;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.engine.ModuleSize;
import io.trinity.api.engine.StrippedModule;
import io.trinity.api.plugin.PluginRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Its guests export {@code check}, which succeeds unless the work that is set throws. */
final class FakeEngine implements Engine {
    ModuleSize size = new ModuleSize(0, 0, 0);

    /** What a guest does when it starts, with its imports by name. */
    interface Start {
        void run(FakeGuest guest, Map<String, GuestCode.HostImport> links);
    }

    /** What a guest does when it is called. */
    interface Work {
        void run(FakeGuest guest);
    }

    final ModuleOf module = new ModuleOf().exportsAllOf("checked");
    final List<FakeGuest> guests = Collections.synchronizedList(new ArrayList<>());
    final List<CallBudget> budgets = new ArrayList<>();
    volatile List<GuestCode.HostImport> imports = List.of();
    volatile Start start = (guest, links) -> {};
    volatile Work work = guest -> {};
    volatile @Nullable MemoryQuota lastQuota;

    MemoryQuota quota() {
        return Objects.requireNonNull(lastQuota);
    }

    /** The host's function that was linked to the last guest. */
    GuestCode.HostFunction link(String name) {
        return imports.stream()
                .filter(i -> i.name().equals(name))
                .findFirst()
                .orElseThrow()
                .function();
    }

    @Override
    public String build() {
        return "fake";
    }

    @Override
    public ModuleInfo inspect(PluginRef who, byte[] bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompiledModule compile(PluginRef who, byte[] bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ModuleSize size(PluginRef who, StrippedModule code) {
        return size;
    }

    @Override
    public GuestCode load(PluginRef who, StrippedModule code, ClassLoader classes) {
        ModuleInfo info = module.get();
        return new GuestCode() {
            @Override
            public ModuleInfo info() {
                return info;
            }

            @Override
            public Guest instantiate(
                    List<HostImport> links,
                    MemoryQuota quota,
                    CallBudget budget,
                    Consumer<? super Guest> begun) {
                return make(links, quota, budget, begun);
            }
        };
    }

    private FakeGuest make(
            List<GuestCode.HostImport> links,
            MemoryQuota quota,
            CallBudget budget,
            Consumer<? super Guest> begun) {
        lastQuota = quota;
        imports = List.copyOf(links);
        budgets.add(budget);
        FakeGuest guest = new FakeGuest(quota);
        guest.functions.put(
                "check",
                a -> {
                    work.run(guest);
                    guest.memory.putByte(16, (byte) 0);
                    return 16;
                });
        begun.accept(guest);
        boolean made = false;
        try {
            Map<String, GuestCode.HostImport> byName = new HashMap<>();
            links.forEach(l -> byName.put(l.name(), l));
            start.run(guest, byName);
            made = true;
        } finally {
            if (!made) {
                guest.close();
            }
        }
        guests.add(guest);
        return guest;
    }
}
