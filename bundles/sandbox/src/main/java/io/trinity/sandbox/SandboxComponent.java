package io.trinity.sandbox;

import io.trinity.api.config.Places;
import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.Engine;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.engine.ModuleSize;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.policy.Limits;
import io.trinity.api.policy.Policies;
import io.trinity.api.policy.Policy;
import io.trinity.api.policy.SettingDeclarations;
import io.trinity.api.sandbox.Generation;
import io.trinity.api.sandbox.GenerationSource;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.sandbox.MemoryTotal;
import io.trinity.api.sandbox.Sandbox;
import io.trinity.api.text.Escaped;
import io.trinity.api.wasi.PosixFiles;
import io.trinity.api.world.ExtensionDefinition;
import io.trinity.api.world.World;
import io.trinity.canonical.abi.Realloc;
import io.trinity.vsa.VectorSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sandbox as a service. */
@Component(service = Sandbox.class, immediate = true)
public final class SandboxComponent implements Sandbox {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxComponent.class);

    /** Names of plugins whose rate of lines is remembered. */
    private static final int MOST_LOGS = 256;

    /** Wall time of an initialisation, in its CPU times, beside what a call has. */
    private static final int WALL_OF_INITIALISATION = 2;

    private final Engine engine;
    private final Supplier<Policy> policy;
    private final Consumer<Manifest> opened;
    private final Consumer<Manifest> closed;
    private volatile ContractCodecs contract = ContractCodecs.load();

    /** Generations that are open. */
    private final Set<GuardedGeneration> open = ConcurrentHashMap.newKeySet();

    /** In the order in which they came. */
    private final List<Brought> brought = new ArrayList<>();

    /**
     * A definition that is there, taken in or not.
     *
     * @param from the bundle that brought it, for people
     */
    private record Brought(ExtensionDefinition type, String from) {}

    private final HostInterfaces interfaces = new HostInterfaces(hostInterfaces(contract));
    private final TotalMemory total;
    private final LogTimer later = new LogTimer();
    private final Map<GuestMaker, String> opening = new ConcurrentHashMap<>();
    private final MakerThreads makers = new MakerThreads();
    private final Map<String, LogFunction> logs = new ConcurrentHashMap<>();
    private final Audit audit = new Audit(System::nanoTime, later);

    /** For DS. */
    @Activate
    public SandboxComponent(
            @Reference Engine engine,
            @Reference Policies policy,
            @Reference SettingDeclarations settings) {
        this(engine, policy::current, settings::opened, settings::closed);
        LOG.info(
                "sandbox active engine={} limits={} totalMemoryBytes={}",
                engine.build(),
                policy.current().defaults(),
                policy.current().totalMemoryBytes());
    }

    SandboxComponent(Engine engine, Supplier<Policy> policy) {
        this(engine, policy, m -> {}, m -> {});
    }

    private SandboxComponent(
            Engine engine,
            Supplier<Policy> policy,
            Consumer<Manifest> opened,
            Consumer<Manifest> closed) {
        this.engine = engine;
        this.opened = opened;
        this.closed = closed;
        this.policy = policy;
        this.total = new TotalMemory(() -> policy.get().totalMemoryBytes());
    }

    @Deactivate
    void deactivate() {
        makers.close();
        later.close();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "unbindInterface")
    void bindInterface(HostInterface owner) {
        if (!interfaces.add(owner)) {
            LOG.error("code=INTERNAL {} serves no interface of the contract", owner.getClass());
        }
    }

    void unbindInterface(HostInterface owner) {
        interfaces.remove(owner);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "unbindType")
    synchronized void bindType(ExtensionDefinition type, Map<String, Object> properties) {
        brought.add(new Brought(type, "bundle " + properties.get(Constants.SERVICE_BUNDLEID)));
        takeIn();
    }

    synchronized void unbindType(ExtensionDefinition type) {
        brought.removeIf(b -> b.type() == type);
        takeIn();
    }

    /** All that are there, in the order in which they came: what one kept out may be well now. */
    private void takeIn() {
        ContractCodecs before = contract;
        ContractCodecs now = ContractCodecs.load();
        for (Brought b : brought) {
            now = takenIn(now, b.type(), b.from());
        }
        contract = now;
        now.types()
                .forEach(
                        (label, world) -> {
                            if (before.types().get(label) != world) {
                                LOG.info("type {} is there world={}", label, world.getName());
                                rebind(new ExtensionType(label));
                            }
                        });
        before.types().keySet().stream()
                .filter(label -> !contract.types().containsKey(label))
                .forEach(l -> LOG.info("type {} is gone; plugins of it that serve go on", l));
    }

    private void rebind(ExtensionType type) {
        open.stream()
                .filter(g -> g.manifest().type().equals(Optional.of(type)))
                .forEach(g -> g.rebind(contract.world(type.world())));
    }

    private ContractCodecs takenIn(ContractCodecs now, ExtensionDefinition type, String from) {
        String label = "?";
        try {
            label = Escaped.name(String.valueOf(type.type()));
            return now.with(type);
        } catch (RuntimeException | LinkageError e) {
            // Boundary: a stranger's code says what it brings.
            String why = Escaped.line(String.valueOf(e.getMessage()));
            if (!why.equals(contract.refused(label).orElse(""))) {
                LOG.error(
                        "code=TYPE_UNKNOWN type '{}' of {} is not taken in: {}", label, from, why);
            }
            return now.refusing(label, why);
        }
    }

    @Override
    public SortedMap<String, Class<? extends World>> extensionTypes() {
        return contract.types();
    }

    /** Those of the contract, and the one that WASI alone calls. */
    private static Set<Class<? extends HostInterface>> hostInterfaces(ContractCodecs contract) {
        Set<Class<? extends HostInterface>> all = new HashSet<>(contract.hostInterfaces());
        all.add(PosixFiles.class);
        return all;
    }

    @Override
    public void admit(Manifest manifest, String digest, ModuleInfo module) {
        Admission.check(contract, policy.get(), manifest, digest, module);
    }

    @Override
    public void giveUp(String plugin) {
        opening.forEach(
                (maker, name) -> {
                    if (name.equals(plugin)) {
                        maker.giveUp();
                    }
                });
    }

    private Limits limits(String plugin) {
        return policy.get().limits(plugin);
    }

    @Override
    public MemoryTotal memory() {
        return new MemoryTotal(total.limit(), total.held(), total.peak());
    }

    @Override
    public MemoryQuota hostMemory() {
        return total.host();
    }

    @Override
    public Generation open(GenerationSource source) {
        PluginRef who = source.ref();
        int instances = source.manifest().instances();
        ModuleSize size = engine.size(who, source.module());
        MemoryLedger ledger =
                new MemoryLedger(() -> limits(who.name()).memoryBytes(), total.open(who.name()));
        ModuleMemory module = ModuleMemory.of(ledger);
        boolean opened = false;
        try {
            module.reserve(who, size, instances);
            GuestCode code = engine.load(who, source.module(), source.classes());
            module.parsed(size, instances);
            Generation generation = open(GenerationId.of(source), code, ledger, module);
            opened = true;
            return generation;
        } finally {
            if (!opened) {
                module.close();
            }
        }
    }

    private Generation open(
            GenerationId id, GuestCode code, MemoryLedger ledger, ModuleMemory module) {
        PluginRef who = id.ref();
        Manifest manifest = id.manifest();
        Supplier<Limits> limits = () -> limits(who.name());
        Map<String, ContractCodecs.Export> exports =
                Admission.check(contract, policy.get(), manifest, id.digest(), code.info());
        HostLinker linker =
                new HostLinker(
                        id, contract, interfaces, policy, code.info(), audit, log(who.name()));
        UsageLedger usage = new UsageLedger();
        GuestMaker maker =
                new GuestMaker(
                        who,
                        (now, begun) -> guestInstance(who, code, linker, ledger, usage, now, begun),
                        makers,
                        new RestartAllowance(System::nanoTime),
                        new CallersRestarts(System::nanoTime));
        List<GuestSlot> slots = new ArrayList<>();
        for (int i = 0; i < manifest.instances(); i++) {
            slots.add(new GuestSlot(who, maker));
        }
        GuardedGeneration generation =
                new GuardedGeneration(
                        id,
                        code,
                        exports,
                        slots,
                        ledger,
                        module,
                        usage,
                        limits,
                        g -> {
                            open.remove(g);
                            closed.accept(manifest);
                        });
        opening.put(maker, who.name());
        try {
            slots.get(0).open(limits.get());
        } finally {
            opening.remove(maker);
        }
        opened.accept(manifest);
        open.add(generation);
        manifest.type()
                .filter(t -> contract.types().containsKey(t.label()))
                .ifPresent(this::rebind);
        return generation;
    }

    /** One for all generations of a plugin: a reload gives no fresh right to lines. */
    private LogFunction log(String plugin) {
        if (logs.size() >= MOST_LOGS) {
            logs.clear();
        }
        return logs.computeIfAbsent(
                plugin,
                p -> new LogFunction(p, () -> limits(p).logLines(), System::nanoTime, later));
    }

    private GuestSlot.GuestInstance guestInstance(
            PluginRef who,
            GuestCode code,
            HostLinker linker,
            MemoryLedger ledger,
            UsageLedger usage,
            Limits now,
            Consumer<GuestSlot.GuestInstance> begun) {
        VectorSpace space = linker.space(policy.get().vectorDimension());
        ExportNames names = new ExportNames(code.exports());
        GuestMemory memory = new GuestMemory(ledger);
        GuestState state =
                new GuestState(
                        who,
                        new VectorHandles(who, space, memory, linker::vectorsGranted),
                        memory,
                        names.realloc(),
                        usage,
                        System::nanoTime);
        long cpuNanos = TimeUnit.MILLISECONDS.toNanos(now.initMillis());
        long wallNanos =
                WALL_OF_INITIALISATION * cpuNanos + TimeUnit.MILLISECONDS.toNanos(now.wallMillis());
        long deadline = System.nanoTime() + wallNanos;
        state.begin(now, cpuNanos, now.fuel(), deadline);
        boolean made = false;
        long cpuBegin = ThreadCpu.nanos();
        try {
            Guest guest =
                    code.instantiate(
                            linker.link(state),
                            memory,
                            new CallBudget(
                                    cpuNanos, wallNanos, deadline, now.fuel(), now.stackBytes()),
                            g -> begun.accept(guestInstance(g, state)));
            made = true;
            return guestInstance(guest, state);
        } catch (PluginException e) {
            throw duringInitialisation(memory.blame(e));
        } finally {
            usage.initialised(ThreadCpu.nanos() - cpuBegin);
            state.over();
            if (!made) {
                state.trapped();
                state.close();
            }
        }
    }

    private static GuestSlot.GuestInstance guestInstance(Guest guest, GuestState state) {
        Realloc realloc =
                (pointer, oldSize, alignment, size) ->
                        state.reallocate(guest, pointer, oldSize, alignment, size);
        return new GuestSlot.GuestInstance(guest, state, realloc);
    }

    /** Initialisation has a limit of its own, which is then the one to raise. */
    private static PluginException duringInitialisation(PluginException e) {
        boolean ours = e.code() == ErrorCode.LIMIT_CPU || e.code() == ErrorCode.LIMIT_TIME;
        return ours
                ? PluginException.of(
                        e.code(),
                        e.plugin(),
                        "while it was initialised "
                                + (e.detail().startsWith("it ") ? "" : "it ")
                                + e.detail(),
                        "raise initMillis in " + Places.ofPlugin(e.plugin().name()),
                        e)
                : e;
    }
}
