package io.trinity.sandbox;

import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.policy.Limits;
import io.trinity.api.sandbox.Generation;
import io.trinity.api.sandbox.Usage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A generation behind the gate: its slots, its ledger, and the exports that it may be called by.
 */
final class GuardedGeneration implements Generation {
    private final GenerationId source;
    private final GuestCode code;
    private volatile Map<String, BoundExport> bound;
    private final List<GuestSlot> slots;
    private final AtomicInteger next = new AtomicInteger();
    private final MemoryLedger ledger;
    private final ModuleMemory module;
    private final UsageLedger usage;
    private final Supplier<Limits> limits;
    private final Consumer<GuardedGeneration> closed;

    GuardedGeneration(
            GenerationId source,
            GuestCode code,
            Map<String, ContractCodecs.Export> exports,
            List<GuestSlot> slots,
            MemoryLedger ledger,
            ModuleMemory module,
            UsageLedger usage,
            Supplier<Limits> limits,
            Consumer<GuardedGeneration> closed) {
        this.closed = closed;
        this.source = source;
        this.code = code;
        this.slots = List.copyOf(slots);
        this.ledger = ledger;
        this.module = module;
        this.usage = usage;
        this.limits = limits;
        ExportNames names = new ExportNames(code.exports());
        Map<String, BoundExport> all = new HashMap<>();
        exports.forEach(
                (name, export) ->
                        all.put(
                                name,
                                new BoundExport(
                                        names.function(name).orElseThrow(),
                                        export.codec(),
                                        names.post(name).orElse(null))));
        bound = Map.copyOf(all);
    }

    /**
     * A bundle has brought its type anew: from now on its calls are of that one's classes, where
     * its exports are still what the type asks for.
     */
    void rebind(Map<String, ContractCodecs.Export> world) {
        Map<String, BoundExport> next = new HashMap<>(bound);
        next.replaceAll(
                (name, there) -> {
                    ContractCodecs.Export export = world.get(name);
                    if (export == null
                            || !export.signature().equals(code.exports().get(there.name()))) {
                        return there;
                    }
                    return new BoundExport(
                            there.name(), export.codec(), there.post(), there.need());
                });
        bound = Map.copyOf(next);
    }

    @Override
    public Manifest manifest() {
        return source.manifest();
    }

    @Override
    public long number() {
        return source.number();
    }

    @Override
    public String digest() {
        return source.digest();
    }

    @Override
    public Map<String, FunctionSignature> exports() {
        return code.exports();
    }

    @Override
    public Answer<@Nullable Object> call(
            String function, CallOptions options, @Nullable Object... arguments) {
        BoundExport export = bound.get(function);
        if (export == null) {
            throw PluginException.of(
                    ErrorCode.NOT_FOUND,
                    source.ref(),
                    "it exports no function '"
                            + function
                            + "' of its type, or that any plugin may have",
                    "it has " + String.join(", ", bound.keySet().stream().sorted().toList()));
        }
        Limits now = limits.get();
        return slot(options.streamKey())
                .call(export, now, Deadline.of(options, now), options.budgetOwner(), arguments);
    }

    /**
     * The same slot for the same stream, so that its calls stay in order and share a guest; the
     * slots in turn for calls about none.
     */
    private GuestSlot slot(String streamKey) {
        int n = streamKey.isEmpty() ? next.getAndIncrement() : streamKey.hashCode();
        return slots.get(Math.floorMod(n, slots.size()));
    }

    @Override
    public Usage usage() {
        return usage.sum(ledger.peakBytes());
    }

    @Override
    public long memoryBytes() {
        return ledger.heldBytes();
    }

    @Override
    public void close() {
        closed.accept(this);
        slots.forEach(GuestSlot::end);
        RuntimeException first = null;
        for (GuestSlot slot : slots) {
            try {
                slot.close();
            } catch (RuntimeException e) {
                // A slot that cannot be closed must not keep the others open.
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        module.close();
        if (first != null) {
            throw first;
        }
    }
}
