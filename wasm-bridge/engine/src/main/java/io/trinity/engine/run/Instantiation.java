package io.trinity.engine.run;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode.HostImport;
import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.engine.admit.Printable;
import io.trinity.engine.guest.GuestStop;
import io.trinity.engine.guest.GuestTable;
import io.trinity.engine.guest.LinearMemory;
import io.trinity.engine.guest.Meter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes one guest: takes memory, links imports, and initialises it within the budget. */
final class Instantiation {
    private static final List<String> INITIALISERS = List.of("_initialize", "cm32p2_initialize");
    private static final FunctionSignature NOTHING = new FunctionSignature(List.of(), List.of());

    private final LoadedCode code;
    private final MemoryQuota quota;
    private final Failures failures;
    private final List<GuestTable> tables = new ArrayList<>();

    Instantiation(LoadedCode code, MemoryQuota quota) {
        this.code = code;
        this.quota = quota;
        this.failures = new Failures(code.who());
    }

    Guest run(List<HostImport> imports, CallBudget budget, Consumer<? super Guest> begun) {
        RunningGuest guest;
        try {
            LinearMemory memory = new LinearMemory(memoryLimits(code.module()), quota, new Meter());
            guest = new RunningGuest(code, memory, tables, failures);
        } catch (GuestStop stop) {
            throw failures.stopped(stop);
        }
        boolean done = false;
        try {
            Instance instance = link(guest, imports);
            begun.accept(guest);
            guest.run(
                    budget,
                    () -> {
                        guest.initialise(instance);
                        initialiser(guest);
                        return guest;
                    });
            done = true;
            return guest;
        } finally {
            if (!done) {
                guest.close();
            }
        }
    }

    private static MemoryLimits memoryLimits(WasmModule module) {
        return module.memorySection()
                .filter(s -> s.memoryCount() > 0)
                .map(s -> s.getMemory(0).limits())
                .orElse(new MemoryLimits(0, 0));
    }

    private Instance link(RunningGuest guest, List<HostImport> imports) {
        try {
            return Instance.builder(code.module())
                    .withInitialize(false)
                    .withStart(false)
                    .withImportValues(importValues(guest, imports))
                    .withMemoryFactory(limits -> guest.linearMemory())
                    .withMachineFactory(guest::machine)
                    .withTableFactory(
                            (table, initial) -> {
                                GuestTable t =
                                        new GuestTable(table, initial, quota, guest.linearMemory());
                                tables.add(t);
                                return t;
                            })
                    .build();
        } catch (GuestStop stop) {
            throw failures.stopped(stop);
        }
    }

    private ImportValues importValues(RunningGuest guest, List<HostImport> given) {
        Map<String, HostImport> byName = new HashMap<>();
        for (HostImport i : given) {
            byName.put(i.module() + '\0' + i.name(), i);
        }
        WasmModule module = code.module();
        List<ModuleInfo.FunctionImport> wanted = Signatures.imports(module);
        ImportFunction[] functions = new ImportFunction[wanted.size()];
        for (int i = 0; i < functions.length; i++) {
            ModuleInfo.FunctionImport w = wanted.get(i);
            HostImport found = byName.get(w.module() + '\0' + w.name());
            String name = Printable.of(w.module() + "." + w.name());
            if (found == null) {
                throw unlinkable(
                        ErrorCode.IMPORT_UNKNOWN, "imports %s, which nobody provides", name);
            }
            if (!found.signature().equals(w.signature())) {
                throw unlinkable(
                        ErrorCode.IMPORT_SIGNATURE,
                        "imports %s as " + w.signature() + ", it is " + found.signature(),
                        name);
            }
            int type = ((FunctionImport) module.importSection().getImport(i)).typeIndex();
            functions[i] =
                    new ImportFunction(
                            w.module(),
                            w.name(),
                            module.typeSection().getType(type),
                            new HostCall(guest, name, found.function()));
        }
        return ImportValues.builder().addFunction(functions).build();
    }

    private PluginException unlinkable(ErrorCode code, String detail, String name) {
        return PluginException.of(
                code, this.code.who(), detail.formatted(name), "build it for this host's contract");
    }

    private void initialiser(RunningGuest guest) {
        for (String name : INITIALISERS) {
            LoadedCode.Export export = code.functions().get(name);
            if (export != null && export.signature().equals(NOTHING)) {
                guest.function(name).call();
                return;
            }
        }
    }
}
