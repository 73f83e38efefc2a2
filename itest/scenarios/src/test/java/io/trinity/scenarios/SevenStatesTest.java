package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.registry.PluginLifecycle;
import java.util.Arrays;
import java.util.Optional;
import javax.inject.Inject;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * A plugin goes through all seven states, and at each its bundle is in the state that the table in
 * docs/architecture.md gives.
 */
public class SevenStatesTest extends Scenario {
    @Inject private PluginLifecycle lifecycle;

    private Optional<Bundle> newestBundle() {
        return Arrays.stream(context.getBundles())
                .filter(b -> b.getLocation().startsWith("wasm:slow/"))
                .reduce((a, b) -> b);
    }

    private void awaitBundle(PluginState state, int bundleState) {
        await(
                "the plugin is " + state + " and its newest bundle in state " + bundleState,
                () ->
                        registry.find("slow").filter(p -> p.state() == state).isPresent()
                                && newestBundle()
                                        .filter(b -> b.getState() == bundleState)
                                        .isPresent());
    }

    @Test
    public void thePluginAndItsBundleWalkTogether() throws BundleException, InterruptedException {
        configure(
                "io.trinity.plugin-slow",
                "initMillis=60000",
                "cpuMillis=60000",
                "wallMillis=60000");
        configure("io.trinity.registry", "drainMillis=60000");

        dropFixture("slow-1", "slow.wasm");
        awaitBundle(PluginState.LOADING, Bundle.STARTING);
        awaitBundle(PluginState.ACTIVE, Bundle.ACTIVE);
        Bundle first = bundleOf("slow");

        lifecycle.pause("slow");
        assertEquals(PluginState.PAUSED, registry.find("slow").orElseThrow().state());
        assertEquals(Bundle.ACTIVE, first.getState());
        assertEquals(io.trinity.api.plugin.ErrorCode.PAUSED, codeOf("slow", "a"));
        lifecycle.resume("slow");
        assertEquals("a", process("slow", "a"));

        dropFixture("slow-2", "slow.wasm");
        awaitBundle(PluginState.RELOADING, Bundle.STARTING);
        assertEquals(Bundle.ACTIVE, first.getState());
        assertEquals("the old one serves meanwhile", "a", process("slow", "a"));
        PluginSnapshot second = awaitPlugin("slow", p -> p.version().getMajor() == 2);
        assertEquals(PluginState.ACTIVE, second.state());
        await("the old bundle is gone", () -> first.getState() == Bundle.UNINSTALLED);

        dropFixture("slow-1", "slow.wasm");
        awaitPlugin("slow", p -> p.version().getMajor() == 1 && p.state() == PluginState.ACTIVE);
        Bundle third = bundleOf("slow");
        await("the second bundle is gone", () -> context.getBundle(second.bundleId()) == null);
        Thread call = new Thread(() -> process("slow", "x"));
        call.start();
        long before = registry.find("slow").orElseThrow().calls();
        Thread stop =
                new Thread(
                        () -> {
                            try {
                                third.stop();
                            } catch (BundleException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        await("the call is inside the guest", () -> isInsideAGuest(call));
        stop.start();
        awaitBundle(PluginState.DRAINING, Bundle.STOPPING);
        assertEquals("nobody waits for a call that is over", true, call.isAlive());
        call.join();
        stop.join();
        awaitBundle(PluginState.UNLOADED, Bundle.RESOLVED);
        assertEquals(before + 1, registry.find("slow").orElseThrow().calls());
        assertEquals(0, registry.find("slow").orElseThrow().failures());

        third.start();
        awaitBundle(PluginState.ACTIVE, Bundle.ACTIVE);
        third.stop();

        // The module is sound, its start is not: in error, with a bundle that shows the cause.
        configure("io.trinity.plugin-slow", "initMillis=1");
        await("the limit is in effect", () -> startFails(third));
        awaitBundle(PluginState.ERROR, Bundle.RESOLVED);
        // One is ten times the other: on a busy machine the longer may be over first.
        ErrorCode code = registry.find("slow").orElseThrow().error().orElseThrow().code();
        assertTrue(code.name(), code == ErrorCode.LIMIT_CPU || code == ErrorCode.LIMIT_TIME);
        removeFile("slow.wasm");
        awaitGone("slow");
        assertEquals(Optional.empty(), newestBundle());
    }

    private static boolean isInsideAGuest(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(f -> f.getClassName().startsWith("io.trinity.guest."));
    }

    private static boolean startFails(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            bundle.stop();
            return false;
        } catch (BundleException e) {
            return true;
        }
    }
}
