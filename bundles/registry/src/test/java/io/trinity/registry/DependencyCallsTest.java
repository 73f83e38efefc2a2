package io.trinity.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.Dependency;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.BudgetOwner;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.sandbox.CallCounters;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.HostInterface.HostCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

class DependencyCallsTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final long DEADLINE = System.nanoTime() + 1_000_000_000_000L;

    private final List<CallOptions> options = new ArrayList<>();
    private final List<PluginException> misbehaved = new ArrayList<>();

    private static Manifest dependsOn(String... names) {
        List<Dependency> dependencies = new ArrayList<>();
        for (String n : names) {
            dependencies.add(new Dependency(n, new VersionRange("0")));
        }
        return new Manifest(
                new Version("0.1.0"),
                "a",
                new Version("1.0.0"),
                Optional.empty(),
                "",
                "",
                "",
                List.of(),
                List.of(),
                dependencies,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                1,
                1,
                Optional.empty(),
                Map.of(),
                List.of());
    }

    private Plugin plugin(BiFunction<String, byte[], Answer<Object>> answer) {
        return new Plugin() {
            @Override
            public String name() {
                return "b";
            }

            @Override
            public PluginSnapshot snapshot() {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean exports(String function) {
                return true;
            }

            @Override
            public Answer<Object> call(String function, CallOptions o, Object... arguments) {
                assertEquals("answer", function);
                options.add(o);
                return answer.apply((String) arguments[0], (byte[]) arguments[1]);
            }

            @Override
            public void misbehaved(String function, PluginException fault) {
                misbehaved.add(fault);
            }
        };
    }

    @Test
    void theCallerPays() throws HostFailure {
        BudgetOwner budgetOwner =
                new BudgetOwner() {
                    @Override
                    public PluginRef plugin() {
                        return PluginRef.named("a");
                    }

                    @Override
                    public long fuelLeft() {
                        return 1;
                    }

                    @Override
                    public long cpuNanosLeft() {
                        return 1;
                    }

                    @Override
                    public void charge(long fuel) {
                        throw new AssertionError("the sandbox's affair");
                    }
                };
        Plugin b = plugin((f, a) -> new Answer.Value<>(HELLO));
        new DependencyCalls(n -> Optional.of(dependsOn("b")), n -> Optional.of(b))
                .call(
                        new HostCall(
                                PluginRef.named("a"),
                                1,
                                DEADLINE,
                                Optional.of(budgetOwner),
                                MemoryQuota.UNCOUNTED,
                                new CallCounters()),
                        "b",
                        "hello",
                        HELLO);
        assertEquals(Optional.of(budgetOwner), options.get(0).budgetOwner());
    }

    private static HostCall from(String plugin) {
        return new HostCall(PluginRef.named(plugin), DEADLINE);
    }

    private DependencyCalls calls(Plugin there) {
        return new DependencyCalls(
                n -> Optional.of(dependsOn("b")), n -> Optional.ofNullable(there));
    }

    private static Reason reason(DependencyCalls calls, String plugin) {
        return assertThrows(HostFailure.class, () -> calls.call(from("a"), plugin, "f", HELLO))
                .reason();
    }

    @Test
    void theAnswerComesBackAndTheDeadlineIsTheCallers() throws HostFailure {
        DependencyCalls calls = calls(plugin((f, argument) -> new Answer.Value<>(argument)));
        assertArrayEquals(HELLO, calls.call(from("a"), "b", "f", HELLO));
        assertEquals(DEADLINE, options.get(0).deadlineNanos());
    }

    @Test
    void whatTheManifestDoesNotNameIsDenied() {
        DependencyCalls calls = calls(plugin((f, argument) -> new Answer.Value<>(argument)));
        assertEquals(Reason.DENIED, reason(calls, "c"));
        assertTrue(options.isEmpty());
    }

    @Test
    void aPluginThatDoesNotServeIsUnavailable() {
        assertEquals(Reason.UNAVAILABLE, reason(calls(null), "b"));
    }

    @Test
    void aRefusalAndATrapAreFailuresAndALateOneIsATimeout() {
        assertEquals(
                Reason.FAILED, reason(calls(plugin((f, a) -> new Answer.Refusal<>("no"))), "b"));
        for (Map.Entry<ErrorCode, Reason> e :
                Map.of(
                                ErrorCode.GUEST_TRAP, Reason.FAILED,
                                ErrorCode.LIMIT_TIME, Reason.TIMEOUT,
                                ErrorCode.PAUSED, Reason.UNAVAILABLE,
                                ErrorCode.LIMIT_RESTARTS, Reason.FAILED,
                                ErrorCode.NOT_FOUND, Reason.NOT_FOUND)
                        .entrySet()) {
            Plugin failing =
                    plugin(
                            (f, a) -> {
                                throw PluginException.of(
                                        e.getKey(), PluginRef.named("b"), "it failed", "");
                            });
            assertEquals(e.getValue(), reason(calls(failing), "b"));
        }
    }

    @Test
    void whoHasEndedTheOtherTooOftenHasReachedALimit() {
        Plugin ended =
                plugin(
                        (f, a) -> {
                            throw PluginException.of(
                                    ErrorCode.LIMIT_RESTARTS, PluginRef.named("a"), "often", "");
                        });
        HostFailure e =
                assertThrows(
                        HostFailure.class, () -> calls(ended).call(from("a"), "b", "f", HELLO));
        assertEquals(Reason.LIMIT, e.reason());
    }

    @Test
    void fuelThatTheCallerDoesNotHaveEndsTheCaller() {
        Plugin dear =
                plugin(
                        (f, a) -> {
                            throw PluginException.of(
                                    ErrorCode.LIMIT_FUEL, PluginRef.named("a"), "used up", "");
                        });
        assertThrows(PluginException.class, () -> calls(dear).call(from("a"), "b", "f", HELLO));
    }

    @Test
    void whatIsHandedOverHasABoundBothWays() throws HostFailure {
        DependencyCalls echo = calls(plugin((f, argument) -> new Answer.Value<>(argument)));
        byte[] largest = new byte[1 << 20];
        assertArrayEquals(largest, echo.call(from("a"), "b", "f", largest));
        HostFailure much =
                assertThrows(
                        HostFailure.class,
                        () -> echo.call(from("a"), "b", "f", new byte[(1 << 20) + 1]));
        assertEquals(Reason.LIMIT, much.reason());
        assertEquals(1, options.size(), "the callee is not entered");
        HostFailure name =
                assertThrows(
                        HostFailure.class, () -> echo.call(from("a"), "b", "f".repeat(257), HELLO));
        assertEquals(Reason.INVALID, name.reason());
        DependencyCalls large =
                calls(plugin((f, argument) -> new Answer.Value<>(new byte[(1 << 20) + 1])));
        assertEquals(Reason.FAILED, reason(large, "b"));
        assertEquals(ErrorCode.GUEST_ABI, misbehaved.get(0).code());
    }

    @Test
    void fourCallsMayBeWithinEachOtherAndTheFifthIsRefused() throws HostFailure {
        List<String> reached = new ArrayList<>();
        DependencyCalls[] calls = new DependencyCalls[1];
        Plugin nesting =
                plugin(
                        (f, argument) -> {
                            reached.add(f);
                            try {
                                return new Answer.Value<>(
                                        calls[0].call(from("a"), "b", f + "+", argument));
                            } catch (HostFailure e) {
                                assertEquals(Reason.LIMIT, e.reason());
                                return new Answer.Value<>(HELLO);
                            }
                        });
        calls[0] = calls(nesting);
        calls[0].call(from("a"), "b", "f", HELLO);
        assertEquals(List.of("f", "f+", "f++", "f+++"), reached);
        // The depth is given back: the next call nests as deep again.
        calls[0].call(from("a"), "b", "g", HELLO);
        assertEquals(8, reached.size());
    }
}
