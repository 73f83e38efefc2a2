package io.trinity.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.plugin.PluginUsage;
import io.trinity.api.registry.PluginRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PluginTableTest {
    private static final Instant NOW = Instant.parse("2026-11-29T15:17:46.418Z");

    private final List<String> told = new ArrayList<>();
    private final AtomicReference<Plugin> service = new AtomicReference<>();
    private final List<Runnable> later = new ArrayList<>();
    private final PluginTable table =
            new PluginTable(
                    new ChangeListener() {
                        @Override
                        public void moved(PluginSnapshot now, PluginState from) {
                            told.add(from.label() + ">" + now.state().label());
                        }

                        @Override
                        public void served(PluginEntry plugin) {
                            service.set(plugin);
                        }

                        @Override
                        public void dependencyChanged(
                                PluginSnapshot dependent,
                                String dependency,
                                String what,
                                List<String> trouble) {
                            told.add(dependent.name() + " told: " + dependency + " " + what);
                        }

                        @Override
                        public void refused(PluginSnapshot now, PluginSnapshot.Fault fault) {
                            told.add("refused " + fault.code());
                        }
                    },
                    () -> new Capacity(2, name -> 0, () -> 0),
                    () -> 1000,
                    name -> io.trinity.api.policy.Limits.DEFAULT,
                    () ->
                            new Quarantine(
                                    () -> new Quarantine.Settings(3, 60_000, 100, 400), () -> 0),
                    (millis, work) -> {
                        told.add("in " + millis);
                        later.add(work);
                    },
                    new CallFaults(System::nanoTime, () -> NOW, (millis, work) -> {}));

    private void load(String name, long generation) {
        table.preparing(FakeGeneration.manifestOf(name, "1.0.9"), name + ".wasm", "0".repeat(64));
        FakeGeneration g = new FakeGeneration(name, generation);
        table.starting(g.manifest(), generation + 100);
        table.opened(g, generation + 100);
    }

    private static PluginException failure() {
        return PluginException.of(ErrorCode.GUEST_TRAP, PluginRef.named("x"), "it trapped", "");
    }

    private PluginState state(String name) {
        return table.find(name).orElseThrow().state();
    }

    private static long answer(Plugin plugin) {
        Answer<?> a = plugin.call("process", CallOptions.DEFAULT);
        return (Long) ((Answer.Value<?>) a).value();
    }

    @Test
    void whatItsCallerGotWrongIsNoFailureOfThePlugins() {
        table.preparing(FakeGeneration.manifestOf("a", "1.0.9"), "a.wasm", "0".repeat(64));
        FakeGeneration g =
                new FakeGeneration(
                        "a",
                        1,
                        () -> {
                            throw new IllegalArgumentException("text takes String, not Integer");
                        });
        table.starting(g.manifest(), 101);
        table.opened(g, 101);
        Plugin plugin = service.get();
        assertThrows(
                IllegalArgumentException.class, () -> plugin.call("process", CallOptions.DEFAULT));
        assertEquals(0, table.find("a").orElseThrow().failures());
    }

    @Test
    void aPluginWalksThroughAllSevenStates() {
        load("a", 1);
        table.pause("a");
        table.resume("a");
        load("a", 2);
        table.swap("a");
        table.drain("a", 2);
        table.closed("a", 2);
        table.preparing(FakeGeneration.manifestOf("a", "1.0.9"), "a.wasm", "0".repeat(64));
        table.failed("a", "a.wasm", failure());
        assertEquals(
                List.of(
                        "unloaded>loading",
                        "loading>active",
                        "active>paused",
                        "paused>active",
                        "active>reloading",
                        "reloading>active",
                        "active>draining",
                        "draining>unloaded",
                        "unloaded>loading",
                        "loading>error"),
                told);
    }

    @Test
    void theOldGenerationServesUntilTheSwapAndTheNewOneAfterIt() {
        load("a", 1);
        load("a", 2);
        Plugin plugin = service.get();
        assertEquals(1, answer(plugin));
        assertEquals(101, table.swap("a"));
        assertEquals(2, answer(plugin));
        assertEquals(2, plugin.snapshot().calls());
    }

    @Test
    void theLastCallThatFailedIsKeptWithItsFunctionAndItsTime() {
        AtomicBoolean trapping = loadTrapping("a", 1);
        trapping.set(false);
        answer(service.get());
        assertEquals(Optional.empty(), table.lastFailedCall("a"));
        trapping.set(true);
        codeOfCall();
        trapping.set(false);
        answer(service.get());
        PluginRegistry.FailedCall last = table.lastFailedCall("a").orElseThrow();
        assertEquals("process", last.function());
        assertEquals(ErrorCode.GUEST_TRAP, last.fault().code());
        assertEquals(NOW, last.at());
        assertEquals(Optional.empty(), table.lastFailedCall("nobody"));
    }

    @Test
    void whatIsOddAboutAManifestIsAWarningAlsoOfAVersionThatWasRefused() {
        Manifest odd = odd("manifest field 'capabilties' is unknown");
        table.preparing(odd, "a.wasm", "0".repeat(64));
        table.failed("a", "a.wasm", failure());
        assertEquals(
                List.of("manifest field 'capabilties' is unknown"),
                table.find("a").orElseThrow().warnings());
    }

    private static Manifest odd(String warning) {
        Manifest m = FakeGeneration.manifestOf("a", "1.0.9");
        return new Manifest(
                m.contract(),
                m.name(),
                m.version(),
                m.type(),
                m.description(),
                m.author(),
                m.license(),
                m.capabilities(),
                m.hooks(),
                m.dependencies(),
                m.provides(),
                m.modality(),
                m.contentType(),
                m.batch(),
                m.instances(),
                m.stateVersion(),
                m.config(),
                List.of(warning));
    }

    @Test
    void aRefusedReloadLeavesTheOldGenerationServingWithTheErrorBesideIt() {
        load("a", 1);
        table.preparing(FakeGeneration.manifestOf("a", "1.0.9"), "a.wasm", "0".repeat(64));
        table.failed("a", "a.wasm", failure());
        PluginSnapshot s = table.find("a").orElseThrow();
        assertEquals(PluginState.ACTIVE, s.state());
        assertEquals(ErrorCode.GUEST_TRAP, s.error().orElseThrow().code());
        assertEquals(1, answer(service.get()));
    }

    @Test
    void aPausedPluginStaysPausedWhileItsNextGenerationTakesOver() {
        load("a", 1);
        table.pause("a");
        load("a", 2);
        table.swap("a");
        assertEquals(PluginState.PAUSED, state("a"));
        PluginException e = assertThrows(PluginException.class, () -> answer(service.get()));
        assertEquals(ErrorCode.PAUSED, e.code());
        table.resume("a");
        assertEquals(2, answer(service.get()));
    }

    @Test
    void onePluginMoreThanTheLimitIsRefusedUntilASlotIsFree() {
        load("a", 1);
        load("b", 1);
        PluginException e =
                assertThrows(
                        PluginException.class,
                        () ->
                                table.preparing(
                                        FakeGeneration.manifestOf("c", "1.0.9"),
                                        "c.wasm",
                                        "0".repeat(64)));
        assertEquals(ErrorCode.LIMIT_PLUGINS, e.code());
        assertTrue(e.getMessage().contains("limit is 2"), e.getMessage());
        table.drain("a", 1);
        table.closed("a", 1);
        load("c", 1);
        assertEquals(PluginState.ACTIVE, state("c"));
    }

    @Test
    void whenTheServingGenerationIsStoppedDuringAReloadTheNextOneServes() {
        load("a", 1);
        table.preparing(FakeGeneration.manifestOf("a", "1.0.9"), "a.wasm", "0".repeat(64));
        table.drain("a", 1);
        table.closed("a", 1);
        assertEquals(PluginState.RELOADING, state("a"));
        table.opened(new FakeGeneration("a", 2), 102);
        assertEquals(PluginState.ACTIVE, state("a"));
        assertEquals(2, answer(service.get()));
    }

    @Test
    void whenBothGenerationsAreGoneThePluginIsInError() {
        load("a", 1);
        table.preparing(FakeGeneration.manifestOf("a", "1.0.9"), "a.wasm", "0".repeat(64));
        table.drain("a", 1);
        table.closed("a", 1);
        table.failed("a", "a.wasm", failure());
        assertEquals(PluginState.ERROR, state("a"));
    }

    @Test
    void aServingPluginIsNotForgotten() {
        load("a", 1);
        assertEquals(
                ErrorCode.ILLEGAL_TRANSITION,
                assertThrows(PluginException.class, () -> table.forget("a")).code());
    }

    @Test
    void noCallIsLostOrRefusedDuringTwoHundredSwaps() throws InterruptedException {
        load("a", 1);
        Plugin plugin = service.get();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong calls = new AtomicLong();
        AtomicReference<Throwable> broken = new AtomicReference<>();
        Thread[] callers = new Thread[2];
        for (int i = 0; i < callers.length; i++) {
            callers[i] =
                    new Thread(
                            () -> {
                                try {
                                    long before = 0;
                                    while (!stop.get()) {
                                        long now = answer(plugin);
                                        if (now < before) {
                                            throw new AssertionError(now + " after " + before);
                                        }
                                        before = now;
                                        calls.incrementAndGet();
                                    }
                                } catch (Throwable t) {
                                    broken.set(t);
                                }
                            });
            callers[i].start();
        }
        for (long g = 2; g <= 200; g++) {
            load("a", g);
            table.swap("a");
            assertEquals(0, table.drain("a", g - 1));
            table.closed("a", g - 1);
        }
        stop.set(true);
        for (Thread t : callers) {
            t.join();
        }
        assertEquals(null, broken.get());
        assertEquals(calls.get(), plugin.snapshot().calls());
        assertEquals(0, plugin.snapshot().failures());
    }

    @Test
    void aReplacedGenerationIsDrainedUntilItsLastCallHasLeft() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch mayLeave = new CountDownLatch(1);
        table.preparing(FakeGeneration.manifestOf("a", "1.0.1"), "a.wasm", "0".repeat(64));
        table.opened(
                new FakeGeneration(
                        "a",
                        1,
                        () -> {
                            inside.countDown();
                            try {
                                mayLeave.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        }),
                101);
        Plugin plugin = service.get();
        FutureTask<Long> call = new FutureTask<>(() -> answer(plugin));
        new Thread(call).start();
        inside.await();
        load("a", 2);
        table.swap("a");
        assertEquals(1, table.drain("a", 1));
        mayLeave.countDown();
        assertEquals(1, call.get());
        assertEquals(0, table.drain("a", 1));
        table.closed("a", 1);
        assertEquals(2, answer(plugin));
    }

    @Test
    void aDisabledPluginIsListedAndNoLongerInError() {
        table.failed("a", "a.wasm", failure());
        table.disabled("a", "a.wasm", true);
        PluginSnapshot a = table.find("a").orElseThrow();
        assertTrue(a.disabled());
        assertEquals(PluginState.UNLOADED, a.state());
        assertTrue(a.error().isEmpty());
        load("a", 1);
        assertTrue(!table.find("a").orElseThrow().disabled());
    }

    @Test
    void theNewestVersionSeenIsTheCandidateAlsoWhenItIsRefused() {
        load("a", 1);
        table.preparing(FakeGeneration.manifestOf("a", "2.0.0"), "a.wasm", "f".repeat(64));
        table.failed("a", "a.wasm", failure());
        assertEquals("f".repeat(64), table.candidate("a").orElseThrow().digest());
        assertEquals("2.0.0", table.candidate("a").orElseThrow().manifest().version().toString());
    }

    /** Serves, and traps at every call while the switch says so. */
    private AtomicBoolean loadTrapping(String name, long generation) {
        AtomicBoolean trapping = new AtomicBoolean(true);
        table.preparing(FakeGeneration.manifestOf(name, "1.0.9"), name + ".wasm", "0".repeat(64));
        FakeGeneration g =
                new FakeGeneration(
                        name,
                        generation,
                        () -> {
                            if (trapping.get()) {
                                throw PluginException.of(
                                        ErrorCode.GUEST_TRAP, PluginRef.named(name), "trap", "");
                            }
                        });
        table.starting(g.manifest(), generation + 100);
        table.opened(g, generation + 100);
        return trapping;
    }

    private ErrorCode codeOfCall() {
        return assertThrows(PluginException.class, () -> answer(service.get())).code();
    }

    private void trapInto(ErrorCode... codes) {
        for (ErrorCode code : codes) {
            assertEquals(code, codeOfCall());
        }
    }

    @Test
    void whatAnotherPluginIsToBlameForIsNoFailureOfTheCallee() {
        table.preparing(FakeGeneration.manifestOf("a", "1.0.9"), "a.wasm", "0".repeat(64));
        FakeGeneration g =
                new FakeGeneration(
                        "a",
                        1,
                        () -> {
                            throw PluginException.of(
                                    ErrorCode.LIMIT_TIME, PluginRef.named("evil"), "late", "");
                        });
        table.starting(g.manifest(), 101);
        table.opened(g, 101);
        for (int i = 0; i < 10; i++) {
            assertEquals(ErrorCode.LIMIT_TIME, codeOfCall());
        }
        PluginSnapshot s = table.find("a").orElseThrow();
        assertEquals(PluginState.ACTIVE, s.state());
        assertEquals(0, s.failures());
        assertEquals(10, s.calls());
    }

    @Test
    void anAnswerThatIsNoneCountsAsATrapDoes() {
        loadTrapping("a", 1).set(false);
        PluginException broken =
                PluginException.of(ErrorCode.GUEST_ABI, PluginRef.named("a"), "1 MiB and more", "");
        for (int i = 0; i < 3; i++) {
            assertEquals(PluginState.ACTIVE, state("a"));
            assertEquals(1, answer(service.get()));
            service.get().misbehaved("custom", broken);
        }
        assertEquals(ErrorCode.QUARANTINED, codeOfCall());
        assertEquals(3, table.find("a").orElseThrow().failures());
    }

    @Test
    void whoTrapsTooOftenIsInErrorForAWhileAndComesBackByItself() {
        AtomicBoolean trapping = loadTrapping("a", 1);
        told.clear();
        trapInto(ErrorCode.GUEST_TRAP, ErrorCode.GUEST_TRAP);
        assertEquals(PluginState.ACTIVE, state("a"));
        trapInto(ErrorCode.GUEST_TRAP, ErrorCode.QUARANTINED);
        assertEquals(List.of("active>error", "in 100"), told.stream().sorted().toList());
        PluginSnapshot s = table.find("a").orElseThrow();
        assertEquals(ErrorCode.QUARANTINED, s.error().orElseThrow().code());
        assertTrue(s.error().get().message().contains("GUEST_TRAP"), s.error().get().message());
        assertEquals(3, s.calls());
        told.clear();
        later.remove(0).run();
        assertEquals(List.of("error>loading", "loading>active"), told);
        assertTrue(table.find("a").orElseThrow().error().isEmpty());
        trapInto(ErrorCode.GUEST_TRAP, ErrorCode.QUARANTINED);
        trapping.set(false);
        table.endQuarantine("a");
        assertEquals(1, answer(service.get()));
        // The timer of a quarantine that is over ends no other one.
        later.remove(0).run();
        assertEquals(PluginState.ACTIVE, state("a"));
        assertEquals(
                ErrorCode.ILLEGAL_TRANSITION,
                assertThrows(PluginException.class, () -> table.endQuarantine("a")).code());
    }

    @Test
    void aNewVersionTakesOverFromAQuarantinedOneAndOneThatIsRefusedDoesNot() {
        loadTrapping("a", 1);
        trapInto(ErrorCode.GUEST_TRAP, ErrorCode.GUEST_TRAP, ErrorCode.GUEST_TRAP);
        table.preparing(FakeGeneration.manifestOf("a", "1.0.9"), "a.wasm", "1".repeat(64));
        assertEquals(PluginState.LOADING, state("a"));
        trapInto(ErrorCode.QUARANTINED);
        // Its time is over while the new one is made ready: it waits for what becomes of that.
        later.remove(0).run();
        assertEquals(PluginState.LOADING, state("a"));
        table.failed("a", "a.wasm", failure());
        assertEquals(PluginState.ERROR, state("a"));
        trapInto(ErrorCode.QUARANTINED);
        later.remove(0).run();
        assertEquals(PluginState.ACTIVE, state("a"));
        trapInto(ErrorCode.GUEST_TRAP, ErrorCode.QUARANTINED);

        table.preparing(FakeGeneration.manifestOf("a", "1.0.9"), "a.wasm", "2".repeat(64));
        FakeGeneration next = new FakeGeneration("a", 2);
        table.starting(next.manifest(), 102);
        table.opened(next, 102);
        table.swap("a");
        assertEquals(PluginState.ACTIVE, state("a"));
        assertEquals(2, answer(service.get()));
    }

    @Test
    void aQuarantinedPluginCanBeUnloadedAndForgotten() {
        loadTrapping("a", 1);
        trapInto(ErrorCode.GUEST_TRAP, ErrorCode.GUEST_TRAP, ErrorCode.GUEST_TRAP);
        assertEquals(0, table.drain("a", 1));
        table.closed("a", 1);
        assertEquals(PluginState.UNLOADED, state("a"));
        later.remove(0).run();
        assertEquals(PluginState.UNLOADED, state("a"));
        table.forget("a");
        assertTrue(table.find("a").isEmpty());
    }

    @Test
    void whatWasUsedUpIsSummedOverGenerationsAndFailuresByCode() {
        load("a", 1);
        answer(service.get());
        table.preparing(FakeGeneration.manifestOf("a", "1.0.9"), "a.wasm", "2".repeat(64));
        AtomicBoolean trapping = new AtomicBoolean();
        FakeGeneration next =
                new FakeGeneration(
                        "a",
                        2,
                        () -> {
                            if (trapping.get()) {
                                throw PluginException.of(
                                        ErrorCode.LIMIT_CPU, PluginRef.named("a"), "slow", "");
                            }
                        });
        table.starting(next.manifest(), 102);
        table.opened(next, 102);
        table.swap("a");
        assertEquals(300, table.usage("a").orElseThrow().fuel());
        table.drain("a", 1);
        table.closed("a", 1);
        trapping.set(true);
        assertEquals(ErrorCode.LIMIT_CPU, codeOfCall());
        PluginUsage u = table.usage("a").orElseThrow();
        assertEquals(300, u.fuel());
        assertEquals(300, u.bytesOut());
        assertEquals(200, u.peakMemoryBytes());
        assertEquals(2, u.calls());
        assertEquals(java.util.Map.of(ErrorCode.LIMIT_CPU, 1L), u.failuresByCode());
        assertEquals(1, u.failures());
        assertTrue(u.latency().max() >= u.latency().p50());
        assertTrue(u.latency().p50() > 0);
        assertTrue(table.usage("b").isEmpty());
    }

    @Test
    void anErrorAnswerIsAFailureAndAVetoIsNone() {
        load("a", 1);
        for (String function : FakeGeneration.REFUSING) {
            service.get().call(function, CallOptions.DEFAULT);
        }
        PluginRegistry.FailedCall last = table.lastFailedCall("a").orElseThrow();
        assertEquals(FakeGeneration.REFUSING.get(0), last.function());
        assertTrue(
                last.fault().message().startsWith("plugin 'a' 1.0.1: it refused: \""),
                last.fault().message());
        PluginUsage u = table.usage("a").orElseThrow();
        assertEquals(2, u.calls());
        assertEquals(java.util.Map.of(ErrorCode.GUEST_ERROR, 1L), u.failuresByCode());
        assertEquals(1, table.find("a").orElseThrow().failures());
    }

    private void swapWithin(String name, long next) {
        table.preparing(FakeGeneration.manifestOf(name, "1.0.9"), "a.wasm", "2".repeat(64));
        FakeGeneration g = new FakeGeneration(name, next);
        table.starting(g.manifest(), 100 + next);
        table.opened(g, 100 + next);
        table.swap(name);
    }

    @Test
    void aTrapOfTheVersionThatWasReplacedMeanwhilePutsTheNewOneIntoNoQuarantine() {
        table.preparing(FakeGeneration.manifestOf("a", "1.0.9"), "a.wasm", "0".repeat(64));
        AtomicBoolean swap = new AtomicBoolean();
        FakeGeneration old =
                new FakeGeneration(
                        "a",
                        1,
                        () -> {
                            if (swap.get()) {
                                swapWithin("a", 2);
                            }
                            throw PluginException.of(
                                    ErrorCode.GUEST_TRAP, PluginRef.named("a"), "trap", "");
                        });
        table.starting(old.manifest(), 101);
        table.opened(old, 101);
        trapInto(ErrorCode.GUEST_TRAP, ErrorCode.GUEST_TRAP);
        // The third, which would begin a quarantine, traps after the new version took over.
        swap.set(true);
        trapInto(ErrorCode.GUEST_TRAP);
        assertEquals(PluginState.ACTIVE, state("a"));
        assertEquals(2, answer(service.get()));
        assertEquals(PluginState.ACTIVE, state("a"));
    }

    @Test
    void aStopByHandOfOneThatIsQuarantinedWhileItsNextVersionIsMadeReadyIsPossible() {
        loadTrapping("a", 1);
        trapInto(ErrorCode.GUEST_TRAP, ErrorCode.GUEST_TRAP, ErrorCode.GUEST_TRAP);
        table.preparing(FakeGeneration.manifestOf("a", "1.0.9"), "a.wasm", "1".repeat(64));
        assertEquals(PluginState.LOADING, state("a"));
        assertEquals(0, table.drain("a", 1));
        table.closed("a", 1);
        FakeGeneration next = new FakeGeneration("a", 2);
        table.starting(next.manifest(), 102);
        table.opened(next, 102);
        assertEquals(PluginState.ACTIVE, state("a"));
        assertEquals(2, answer(service.get()));
    }
}
