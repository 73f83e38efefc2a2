package io.trinity.sandbox;

import io.trinity.api.engine.GuestCode.HostImport;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.engine.ModuleInfo.FunctionImport;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.Capability;
import io.trinity.api.policy.Policy;
import io.trinity.vsa.VectorSpace;
import io.trinity.wasi.WasiFunction;
import io.trinity.wasi.WasiGuest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Links the imports of one generation: finds who serves each function and puts the gate before it.
 */
final class HostLinker {
    private final GenerationId source;
    private final ContractCodecs contract;
    private final HostInterfaces interfaces;
    private final Supplier<Policy> policy;
    private final ModuleInfo module;
    private final Audit audit;
    private final LogFunction log;
    private volatile @Nullable VectorSpace space;

    HostLinker(
            GenerationId source,
            ContractCodecs contract,
            HostInterfaces interfaces,
            Supplier<Policy> policy,
            ModuleInfo module,
            Audit audit,
            LogFunction log) {
        this.source = source;
        this.contract = contract;
        this.interfaces = interfaces;
        this.policy = policy;
        this.module = module;
        this.audit = audit;
        this.log = log;
    }

    /** One space for all guests: its tie pattern is worth keeping. */
    VectorSpace space(int dimension) {
        VectorSpace s = space;
        if (s == null || s.dimension() != dimension) {
            s = new VectorSpace(dimension);
            space = s;
        }
        return s;
    }

    /** The imports of one guest. They are admitted already. */
    List<HostImport> link(GuestState state) {
        List<HostImport> links = new ArrayList<>();
        state.logs(log);
        if (module.imports().stream().anyMatch(i -> i.module().equals(WasiFunction.MODULE))) {
            linkWasi(state, links);
        }
        for (FunctionImport i : module.imports()) {
            if (i.module().equals(WasiFunction.MODULE)) {
                continue;
            }
            String interfaceName = ImportName.parse(i.module()).orElseThrow().interfaceName();
            ContractCodecs.Import function =
                    contract.interfaceName(interfaceName).map(f -> f.get(i.name())).orElseThrow();
            links.add(
                    new HostGate(
                                    i,
                                    interfaceName,
                                    function,
                                    function(interfaceName, i.name()),
                                    granted(interfaceName),
                                    audit,
                                    state)
                            .asImport());
        }
        return links;
    }

    private void linkWasi(GuestState state, List<HostImport> links) {
        boolean usesFiles = declares(Capability.FILE_READ) || declares(Capability.FILE_WRITE);
        WasiGuest wasi = new WasiGuest(new GuestWasi(state, usesFiles, log, this::functionForWasi));
        state.speaks(wasi);
        for (FunctionImport i : module.imports()) {
            if (i.module().equals(WasiFunction.MODULE)) {
                WasiFunction function = WasiFunction.byLabel(i.name()).orElseThrow();
                links.add(new WasiGate(function, wasi, state).asImport());
            }
        }
    }

    /** As the contract's own imports have it; {@code posix-files} needs what its functions do. */
    private HostFunction functionForWasi(String interfaceName, String name) {
        Capability capability =
                Capability.ofInterface(interfaceName)
                        .orElse(
                                name.equals("directories")
                                        ? Capability.FILE_READ
                                        : Capability.FILE_WRITE);
        return new GrantedFunction(
                interfaceName + "." + name,
                function(interfaceName, name),
                Optional.of(capability),
                () -> declares(capability) && granted(capability),
                audit);
    }

    /** Whether its manifest declares vectors and the operator grants them. */
    boolean vectorsGranted() {
        return declares(Capability.VSA_OPS) && granted(Capability.VSA_OPS);
    }

    private boolean declares(Capability capability) {
        return source.manifest().capabilities().stream()
                .anyMatch(n -> n.capability() == capability);
    }

    private boolean granted(Capability capability) {
        return policy.get().granted(source.ref().name(), source.digest(), capability);
    }

    private BooleanSupplier granted(String interfaceName) {
        Optional<Capability> capability = Capability.ofInterface(interfaceName);
        return capability.isEmpty() ? () -> true : () -> granted(capability.get());
    }

    private HostFunction function(String interfaceName, String name) {
        return switch (interfaceName) {
            case "host" -> (guest, arguments) -> guest.lastFailure();
            case "log" -> log;
            case "config" -> (guest, arguments) -> setting((String) arguments[0]);
            case "vsa" -> vsa(name);
            case "streams" ->
                    StreamScope.guard(
                            () -> policy.get().scope(source.ref().name(), Capability.STREAM_IO),
                            served(interfaceName, name));
            case "hooks" -> ExcludedCpuTime.ofListeners(served(interfaceName, name));
            case "http", "tcp" ->
                    ExcludedCpuTime.ofTheNetwork(
                            interfaceName + "." + name, served(interfaceName, name));
            default -> served(interfaceName, name);
        };
    }

    private HostFunction served(String interfaceName, String name) {
        return interfaces.function(source.number(), interfaceName, name);
    }

    private static HostFunction vsa(String name) {
        HostFunction function = VsaFunctions.ALL.get(name);
        if (function == null) {
            throw new IllegalStateException("plugin.wit has vsa." + name + ", the sandbox has not");
        }
        return function;
    }

    /** The configured value where the manifest declares the key and the value is of its type. */
    private Optional<Object> setting(String key) {
        Manifest.Setting declared = source.manifest().config().get(key);
        if (declared == null) {
            return Optional.empty();
        }
        return policy.get().setting(source.ref().name(), key, declared).map(Object.class::cast);
    }
}
