package io.trinity.sandbox;

import io.trinity.api.engine.GuestCode.HostImport;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.engine.ModuleInfo.FunctionImport;
import io.trinity.api.host.Config;
import io.trinity.api.host.Hooks;
import io.trinity.api.host.Host;
import io.trinity.api.host.Log;
import io.trinity.api.host.Streams;
import io.trinity.api.host.Vsa;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.Capability;
import io.trinity.api.policy.Policy;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.vsa.VectorSpace;
import io.trinity.wasi.WasiFunction;
import io.trinity.wasi.WasiGuest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

    /**
     * What WASI calls, bound once for all guests: a new guest's first call is not to pay for it.
     */
    private final Map<Method, HostMethod> wasiMethods = new ConcurrentHashMap<>();

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
        Map<Class<?>, HostInterface> own = own(state);
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
                                    function(own, function.method(), i.name()),
                                    granted(interfaceName),
                                    audit,
                                    state)
                            .asImport());
        }
        return links;
    }

    private void linkWasi(GuestState state, List<HostImport> links) {
        boolean usesFiles = declares(Capability.FILE_READ) || declares(Capability.FILE_WRITE);
        GuestWasi.Interfaces interfacesOf =
                new GuestWasi.Interfaces() {
                    @Override
                    public <T extends HostInterface> T of(Class<T> type, String name) {
                        return GatedInterface.of(
                                type, name, state, (m, f) -> functionForWasi(name, type, m, f));
                    }
                };
        WasiGuest wasi =
                new WasiGuest(new GuestWasi(state, usesFiles, source.number(), log, interfacesOf));
        state.speaks(wasi);
        for (FunctionImport i : module.imports()) {
            if (i.module().equals(WasiFunction.MODULE)) {
                WasiFunction function = WasiFunction.byLabel(i.name()).orElseThrow();
                links.add(new WasiGate(function, wasi, state).asImport());
            }
        }
    }

    /**
     * As the contract's own imports have it; {@code posix-files} needs what its functions do.
     *
     * @param function for people, {@code posix-files.directories}
     */
    private HostFunction functionForWasi(
            String interfaceName,
            Class<? extends HostInterface> type,
            Method method,
            String function) {
        Capability capability =
                Capability.ofInterface(interfaceName)
                        .orElse(
                                method.getName().equals("directories")
                                        ? Capability.FILE_READ
                                        : Capability.FILE_WRITE);
        HostMethod bound =
                wasiMethods.computeIfAbsent(method, m -> new HostMethod(interfaceName, type, m));
        return new GrantedFunction(
                function,
                interfaces.function(source.number(), bound),
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

    /** What the sandbox itself serves to a guest. */
    private Map<Class<?>, HostInterface> own(GuestState state) {
        Host host = call -> state.lastFailure();
        Log lines = (call, level, message, fields) -> log.log(state, level, message, fields);
        Config config = (call, key) -> setting(key);
        return Map.of(
                Host.class, host,
                Log.class, lines,
                Config.class, config,
                Vsa.class, new GuestVsa(state),
                Streams.class, new ScopedStreams(this::streams, this::streamsOwner));
    }

    private List<String> streams() {
        return policy.get().scope(source.ref().name(), Capability.STREAM_IO);
    }

    private Streams streamsOwner() throws HostFailure {
        return interfaces.owner(Streams.class, "streams");
    }

    private HostFunction function(
            Map<Class<?>, HostInterface> own, HostMethod method, String name) {
        HostInterface ours = own.get(method.type());
        if (ours != null) {
            return (guest, arguments) ->
                    method.call(ours, guest.hostCall(source.number()), arguments);
        }
        HostFunction served = interfaces.function(source.number(), method);
        if (method.type() == Hooks.class) {
            return ExcludedCpuTime.ofListeners(served);
        }
        boolean network =
                Capability.ofInterface(method.interfaceName())
                        .filter(c -> c == Capability.NETWORK)
                        .isPresent();
        return network
                ? ExcludedCpuTime.ofTheNetwork(method.interfaceName() + "." + name, served)
                : served;
    }

    /** The configured value where the manifest declares the key and the value is of its type. */
    private Optional<String> setting(String key) {
        Manifest.Setting declared = source.manifest().config().get(key);
        if (declared == null) {
            return Optional.empty();
        }
        return policy.get().setting(source.ref().name(), key, declared);
    }
}
