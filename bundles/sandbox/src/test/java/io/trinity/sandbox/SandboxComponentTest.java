package io.trinity.sandbox;

import static io.trinity.sandbox.Faults.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.contract.Contract;
import io.trinity.api.engine.StrippedModule;
import io.trinity.api.host.Config;
import io.trinity.api.host.Hooks;
import io.trinity.api.manifest.Manifest.SettingType;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.policy.Policy;
import io.trinity.api.sandbox.Generation;
import io.trinity.api.sandbox.GenerationSource;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitInterface;
import io.trinity.canonical.abi.wit.WitPackage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SandboxComponentTest {
    private static final String DIGEST = "ab".repeat(32);
    private static final int AREA = 1024;

    private final FakeEngine engine = new FakeEngine();
    private final AtomicReference<Policy> policy = new AtomicReference<>(PolicyOf.DEFAULT);
    private final SandboxComponent sandbox = new SandboxComponent(engine, policy::get);

    // ---- opening

    @Test
    void openingMakesTheFirstGuestWithinTheBudgetOfInitialisation() throws Exception {
        policy.set(limits("initMillis", 70, "cpuMillis", 20, "memoryBytes", 200_000));
        try (Generation g = sandbox.open(source(new ManifestOf().instances(3)))) {
            assertEquals(1, engine.guests.size());
            assertEquals(70_000_000, engine.budgets.get(0).cpuNanos());
            assertEquals(FakeGuest.PAGE, g.memoryBytes());
            assertEquals(200_000, engine.quota().limitBytes());
            assertEquals("lidar", g.manifest().name());
            assertEquals(7, g.number());
            assertEquals(DIGEST, g.digest());
            assertTrue(g.exports().containsKey("check"));
        }
        assertEquals(0, held());
        assertTrue(engine.guests.get(0).closed);
    }

    @Test
    void whatIsNotAdmittedIsNotInstantiated() {
        assertFault(
                ErrorCode.CAPABILITY_DENIED,
                () -> sandbox.open(source(new ManifestOf().needs(Capability.NETWORK))));
        assertEquals(List.of(), engine.guests);
    }

    @Test
    void aStartFunctionThatTakesVectorsAndTrapsLeavesNothingBehind() {
        engine.module.imports("vsa", "random");
        engine.start =
                (guest, links) -> {
                    links.get("random").function().call(guest, new long[] {5});
                    assertTrue(held() > 0);
                    throw FakeGuest.fault(ErrorCode.GUEST_TRAP, "unreachable");
                };
        assertFault(
                ErrorCode.GUEST_TRAP,
                () -> sandbox.open(source(new ManifestOf().needs(Capability.VSA_OPS))));
        assertEquals(0, held());
    }

    @Test
    void hostCallsOfTheStartFunctionAreCountedToo() {
        policy.set(limits("hostCalls", 2));
        engine.module.imports("log", "log");
        engine.start =
                (guest, links) -> {
                    for (int i = 0; i < 3; i++) {
                        links.get("log").function().call(guest, new long[] {0, 0, 0, 0, 0});
                    }
                };
        assertFault(ErrorCode.LIMIT_HOST_CALLS, () -> sandbox.open(source(new ManifestOf())));
    }

    @Test
    void everyFunctionOfTheContractCanBeLinked() {
        ManifestOf manifest = new ManifestOf().dependsOn("geometry");
        List<String> grants = new ArrayList<>();
        for (Capability c : Capability.values()) {
            manifest.needs(c);
            grants.add(c.label() + "@" + DIGEST);
        }
        policy.set(PolicyOf.granting(true, true, grants.toArray(String[]::new)));
        List<String> all = new ArrayList<>();
        for (WitInterface interfaceName : WitPackage.parse(Contract.wit()).interfaces()) {
            for (WitFunction f : interfaceName.functions()) {
                engine.module.imports(interfaceName.name(), f.name());
                all.add("trinity:plugin/" + interfaceName.name() + "@0.1.0 " + f.name());
            }
        }
        sandbox.open(source(manifest)).close();
        assertEquals(all, engine.imports.stream().map(i -> i.module() + " " + i.name()).toList());
    }

    // ---- calling

    @Test
    void whatAModuleExportsBesidesTheContractCannotBeCalled() {
        Generation g = sandbox.open(source(new ManifestOf()));
        for (String name : List.of("cabi_realloc", "process", "", "nothing")) {
            assertFault(
                    ErrorCode.NOT_FOUND,
                    () -> g.call(name, CallOptions.DEFAULT),
                    "'" + name + "'",
                    "it has check");
        }
        g.close();
    }

    @Test
    void theEarlierOfTheCallersDeadlineAndTheLimitHolds() {
        policy.set(limits("wallMillis", 3_600_000, "cpuMillis", 77, "fuel", 5, "stackBytes", 2048));
        Generation g = sandbox.open(source(new ManifestOf()));
        long before = System.nanoTime();
        g.call("check", CallOptions.DEFAULT);
        long hour = TimeUnit.HOURS.toNanos(1);
        var own = engine.guests.get(0).lastBudget();
        assertTrue(own.deadlineNanos() - before >= hour);
        assertTrue(own.deadlineNanos() - System.nanoTime() <= hour);
        assertEquals(77_000_000, own.cpuNanos());
        assertEquals(5, own.fuel());
        assertEquals(2048, own.stackBytes());

        long callers = before + hour / 2;
        g.call("check", new CallOptions("", callers));
        assertEquals(callers, engine.guests.get(0).lastBudget().deadlineNanos());

        policy.set(limits("wallMillis", 10_000));
        g.call("check", new CallOptions("", callers));
        long shorter = engine.guests.get(0).lastBudget().deadlineNanos();
        assertTrue(shorter - System.nanoTime() <= 10_000_000_000L, "a changed limit applies");
        g.close();
    }

    @Test
    void everyCallBeginsWithTheLimitsAsTheyAreThen() {
        policy.set(limits("hostCalls", 2));
        engine.module.imports("log", "log");
        engine.work =
                guest -> {
                    for (int i = 0; i < 2; i++) {
                        engine.link("log").call(guest, new long[] {0, 0, 0, 0, 0});
                    }
                };
        Generation g = sandbox.open(source(new ManifestOf()));
        for (int i = 0; i < 3; i++) {
            g.call("check", CallOptions.DEFAULT);
        }
        policy.set(limits("hostCalls", 1));
        assertFault(ErrorCode.LIMIT_HOST_CALLS, () -> g.call("check", CallOptions.DEFAULT));
        policy.set(limits("hostCalls", 2));
        g.call("check", CallOptions.DEFAULT);
        g.close();
    }

    @Test
    void callsAboutOneStreamReachOneGuestAndOthersSpread() {
        Generation g = sandbox.open(source(new ManifestOf().instances(4)));
        for (int i = 0; i < 20; i++) {
            g.call("check", CallOptions.stream("camera"));
        }
        assertEquals(1, engine.guests.stream().filter(x -> x.runs.get() > 0).count());
        for (int i = 0; i < 8; i++) {
            g.call("check", CallOptions.DEFAULT);
        }
        assertEquals(4, engine.guests.size());
        assertEquals(28, engine.guests.stream().mapToInt(x -> x.runs.get()).sum());
        for (FakeGuest guest : engine.guests) {
            assertTrue(guest.runs.get() >= 2, "calls about no stream are spread");
        }
        assertEquals(4L * FakeGuest.PAGE, g.memoryBytes());
        g.close();
        assertEquals(0, g.memoryBytes());
    }

    @Test
    void allGuestsTogetherStayWithinTheMemoryLimit() {
        policy.set(limits("memoryBytes", 2 * FakeGuest.PAGE));
        Generation g = sandbox.open(source(new ManifestOf().instances(3)));
        g.call("check", CallOptions.stream("a"));
        int before = engine.guests.size();
        g.call("check", CallOptions.DEFAULT);
        g.call("check", CallOptions.DEFAULT);
        assertFault(
                ErrorCode.LIMIT_MEMORY,
                () -> {
                    for (int i = 0; i < 3; i++) {
                        g.call("check", CallOptions.DEFAULT);
                    }
                });
        assertTrue(before <= 2 && engine.guests.size() == 2);
        assertEquals(2L * FakeGuest.PAGE, g.memoryBytes());
        g.close();
        assertEquals(0, held());
    }

    // ---- closing

    @Test
    void aClosedGenerationIsNotActive() {
        Generation g = sandbox.open(source(new ManifestOf().instances(2)));
        g.close();
        g.close();
        for (String stream : List.of("", "a", "b", "c", "d")) {
            assertFault(ErrorCode.NOT_ACTIVE, () -> g.call("check", CallOptions.stream(stream)));
        }
        assertEquals(1, engine.guests.size());
    }

    @Test
    void closingCancelsTheCallsOfAllGuestsBeforeItWaitsForAny() throws Exception {
        Generation g = sandbox.open(source(new ManifestOf().instances(2)));
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch cancelled = new CountDownLatch(2);
        engine.work =
                guest -> {
                    inside.countDown();
                    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
                    while (!guest.cancelled && System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    cancelled.countDown();
                    // Ends only when the other one was cancelled too.
                    assertTrue(await(cancelled));
                    guest.checkpoint();
                };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                calls.add(threads.submit(() -> g.call("check", CallOptions.DEFAULT)));
            }
            assertTrue(inside.await(5, TimeUnit.SECONDS));
            g.close();
            for (Future<?> one : calls) {
                ExecutionException e =
                        assertThrows(ExecutionException.class, () -> one.get(10, TimeUnit.SECONDS));
                assertInstanceOf(PluginException.class, e.getCause());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(0, held());
    }

    @Test
    void aGuestThatCannotBeClosedDoesNotKeepTheOthersOpen() {
        Generation g = sandbox.open(source(new ManifestOf().instances(3)));
        for (int i = 0; i < 3; i++) {
            g.call("check", CallOptions.DEFAULT);
        }
        assertEquals(3, engine.guests.size());
        engine.guests.get(0).breakClosing();
        assertThrows(IllegalStateException.class, g::close);
        assertTrue(engine.guests.get(1).closed);
        assertTrue(engine.guests.get(2).closed);
        assertEquals(0, held());
    }

    // ---- host functions

    @Test
    void aGrantThatIsTakenBackLiveEndsTheUseOfTheFunction() {
        engine.module.imports("vsa", "dimension");
        engine.work = guest -> engine.link("dimension").call(guest, new long[0]);
        Generation g = sandbox.open(source(new ManifestOf().needs(Capability.VSA_OPS)));
        g.call("check", CallOptions.DEFAULT);
        policy.set(PolicyOf.granting(false, true));
        assertFault(ErrorCode.CAPABILITY_DENIED, () -> g.call("check", CallOptions.DEFAULT));
        policy.set(PolicyOf.DEFAULT);
        g.call("check", CallOptions.DEFAULT);
        g.close();
    }

    @Test
    void aServiceIsFoundAtEachCallAndItsAbsenceIsUnavailable() {
        engine.module.imports("hooks", "fire");
        List<String> seen = new ArrayList<>();
        Hooks first =
                (call, name, payload) -> {
                    seen.add(call.plugin() + " " + name);
                    return new byte[] {42};
                };
        Hooks second =
                (call, name, payload) -> {
                    throw new HostFailure(HostFailure.Reason.LIMIT, "depth 4");
                };
        List<Integer> failures = new ArrayList<>();
        engine.work =
                guest -> {
                    int length = guest.memory.text(0, "own");
                    engine.link("fire").call(guest, new long[] {0, length, 0, 0, AREA});
                    boolean failed = guest.memory.getByte(AREA) == 1;
                    failures.add(failed ? (int) guest.memory.getByte(AREA + 4) : -1);
                };
        Generation g = sandbox.open(source(new ManifestOf()));
        g.call("check", CallOptions.DEFAULT);
        sandbox.bindInterface(first);
        g.call("check", CallOptions.DEFAULT);
        assertArrayEquals(
                new byte[] {42},
                engine.guests.get(0).memory.read(engine.guests.get(0).memory.getInt(AREA + 4), 1));
        // Replaced: the new one comes before the old one goes.
        sandbox.bindInterface(second);
        sandbox.unbindInterface(first);
        g.call("check", CallOptions.DEFAULT);
        sandbox.unbindInterface(second);
        g.call("check", CallOptions.DEFAULT);
        int unavailable = HostFailure.Reason.UNAVAILABLE.ordinal();
        assertEquals(
                List.of(unavailable, -1, HostFailure.Reason.LIMIT.ordinal(), unavailable),
                failures);
        assertEquals(List.of("plugin 'lidar' 1.2.0 own"), seen);
        g.close();
    }

    @Test
    void nobodyCanServeLogHostConfigOrVsaInTheSandboxsPlace() {
        engine.module.imports("config", "get");
        Config forger = (call, key) -> Optional.of("forged");
        sandbox.bindInterface(forger);
        assertEquals(Optional.empty(), setting(new ManifestOf(), "any"));
    }

    @Test
    void aSettingIsTheConfiguredValueWhereItIsDeclaredAndOfItsType() {
        ManifestOf manifest =
                new ManifestOf()
                        .setting("range", SettingType.INTEGER, Optional.of("120"))
                        .setting("label", SettingType.STRING, Optional.empty());
        engine.module.imports("config", "get");
        assertEquals(Optional.of("120"), setting(manifest, "range"));
        assertEquals(Optional.empty(), setting(manifest, "label"));
        policy.set(
                new PolicyOf()
                        .lidar(
                                Map.of(
                                        "config.range", " 7 ",
                                        "config.label", " a ",
                                        "config.secret", "x")));
        assertEquals(Optional.of("7"), setting(manifest, "range"));
        assertEquals(Optional.of(" a "), setting(manifest, "label"));
        assertEquals(Optional.empty(), setting(manifest, "secret"));
        policy.set(new PolicyOf().lidar(Map.of("config.range", "far")));
        assertEquals(Optional.of("120"), setting(manifest, "range"));
    }

    private Optional<String> setting(ManifestOf manifest, String key) {
        AtomicReference<Optional<String>> read = new AtomicReference<>(Optional.empty());
        engine.work =
                guest -> {
                    int length = guest.memory.text(0, key);
                    engine.link("get").call(guest, new long[] {0, length, AREA});
                    read.set(
                            guest.memory.getByte(AREA) == 0
                                    ? Optional.empty()
                                    : Optional.of(guest.memory.textAt(AREA + 4)));
                };
        Generation g = sandbox.open(source(manifest));
        assertInstanceOf(Answer.Value.class, g.call("check", CallOptions.DEFAULT));
        g.close();
        return read.get();
    }

    @Test
    void newGuestsHaveTheDimensionThatIsConfiguredThen() {
        engine.module.imports("vsa", "dimension");
        List<Long> seen = new ArrayList<>();
        engine.work = guest -> seen.add(engine.link("dimension").call(guest, new long[0]));
        Generation g = sandbox.open(source(new ManifestOf().needs(Capability.VSA_OPS)));
        g.call("check", CallOptions.DEFAULT);
        policy.set(new PolicyOf().general(Map.of("vectorDimension", 64)));
        g.call("check", CallOptions.DEFAULT);
        g.close();
        Generation next = sandbox.open(source(new ManifestOf().needs(Capability.VSA_OPS)));
        next.call("check", CallOptions.DEFAULT);
        next.close();
        assertEquals(List.of(10_000L, 10_000L, 64L), seen);
    }

    @Test
    void admissionFollowsThePolicy() {
        engine.module.pages(100);
        sandbox.admit(new ManifestOf().get(), DIGEST, engine.module.get());
        policy.set(limits("memoryBytes", 65_536));
        assertFault(
                ErrorCode.LIMIT_MEMORY,
                () -> sandbox.admit(new ManifestOf().get(), DIGEST, engine.module.get()));
    }

    private static Policy limits(Object... keysAndValues) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        PolicyOf policies = new PolicyOf();
        Policy p = policies.lidar(values);
        assertEquals(List.of(), policies.told);
        return p;
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long held() {
        return ((GuestMemory) engine.quota()).heldBytes();
    }

    private static GenerationSource source(ManifestOf manifest) {
        return new GenerationSource(
                manifest.get(),
                7,
                DIGEST,
                new StrippedModule(new byte[0], "none", "fake"),
                SandboxComponentTest.class.getClassLoader());
    }
}
