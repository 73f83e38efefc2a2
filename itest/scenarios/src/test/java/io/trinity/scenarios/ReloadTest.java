package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** A changed file takes over while calls go on; one that does not start changes nothing. */
public class ReloadTest extends Scenario {
    @After
    public void removeAll() {
        removeFile("stamp.wasm");
        awaitGone("stamp");
    }

    private PluginSnapshot load(String fixture, String version) {
        dropFixture(fixture, "stamp.wasm");
        return awaitPlugin(
                "stamp",
                p ->
                        p.state() == PluginState.ACTIVE
                                && p.version().toString().equals(version)
                                && p.error().isEmpty());
    }

    @Test
    public void theNewVersionTakesOverAndTheOldBundleIsGone() {
        PluginSnapshot one = load("stamp-1", "1.0.0");
        assertEquals("1bc", process("stamp", "abc"));
        PluginSnapshot two = load("stamp-2", "2.0.0");
        assertEquals("2bc", process("stamp", "abc"));
        assertTrue(two.generation() > one.generation());
        await("the old bundle is gone", () -> context.getBundle(one.bundleId()) == null);
        assertEquals(Bundle.ACTIVE, bundleOf("stamp").getState());
    }

    @Test
    public void noCallIsLostOrSeesAnOlderVersionAgainWhileVersionsChange()
            throws InterruptedException {
        load("stamp-1", "1.0.0");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong calls = new AtomicLong();
        AtomicReference<Throwable> broken = new AtomicReference<>();
        Thread caller =
                new Thread(
                        () -> {
                            String before = "1";
                            try {
                                while (!stop.get()) {
                                    String now = process("stamp", "a");
                                    assertTrue(
                                            now + " after " + before, now.compareTo(before) >= 0);
                                    before = now;
                                    calls.incrementAndGet();
                                }
                            } catch (Throwable t) {
                                broken.set(t);
                            }
                        });
        caller.start();
        load("stamp-2", "2.0.0");
        load("stamp-3", "3.0.0");
        long after = calls.get();
        await("calls go on", () -> calls.get() > after || broken.get() != null);
        stop.set(true);
        caller.join();
        assertEquals(null, broken.get());
        assertEquals(0, registry.find("stamp").orElseThrow().failures());
    }

    @Test
    public void aVersionThatDoesNotStartIsRolledBackAndTheOldOneServesOn() {
        PluginSnapshot good = load("stamp-1", "1.0.0");
        dropFixture("stamp-broken", "stamp.wasm");
        PluginSnapshot p = awaitError("stamp", ErrorCode.GUEST_TRAP);
        assertEquals(PluginState.ACTIVE, p.state());
        assertEquals(good.generation(), p.generation());
        assertEquals("1bc", process("stamp", "abc"));
        await("one bundle is left", () -> generatedBundles("stamp") == 1);
        // Mending the file is enough.
        load("stamp-2", "2.0.0");
        assertEquals("2bc", process("stamp", "abc"));
    }

    @Test
    public void puttingTheOldFileBackEndsTheError() {
        PluginSnapshot good = load("stamp-1", "1.0.0");
        dropFixture("stamp-broken", "stamp.wasm");
        awaitError("stamp", ErrorCode.GUEST_TRAP);
        assertEquals(good.generation(), load("stamp-1", "1.0.0").generation());
    }

    @Test
    public void theSameBytesAgainDoNothing() throws IOException {
        PluginSnapshot before = load("stamp-1", "1.0.0");
        dropFixture("stamp-1", "stamp.wasm");
        dropFixture("other", "other.wasm");
        // The other plugin came later: when it is there, the first file was dealt with too.
        awaitState("other", PluginState.ACTIVE);
        awaitSettled();
        PluginSnapshot after = registry.find("stamp").orElseThrow();
        assertEquals(before.generation(), after.generation());
        assertEquals(before.bundleId(), after.bundleId());
        assertEquals(java.util.Optional.empty(), after.error());
        removeFile("other.wasm");
        awaitGone("other");
    }

    @Test
    public void aVersionThatComesBackIsLoadedAgainAsANewGeneration() {
        long first = load("stamp-1", "1.0.0").generation();
        load("stamp-2", "2.0.0");
        assertTrue(load("stamp-1", "1.0.0").generation() > first);
        assertEquals("1bc", process("stamp", "abc"));
        await("one bundle is left", () -> generatedBundles("stamp") == 1);
    }

    @Test
    public void aFileThatIsStillBeingWrittenIsNeverLoaded() throws IOException {
        load("stamp-1", "1.0.0");
        byte[] next = fixture("stamp-2");
        var file = home().resolve("plugins/stamp.wasm");
        Files.write(file, Arrays.copyOf(next, next.length / 2));
        PluginSnapshot half = awaitError("stamp", ErrorCode.MODULE_MALFORMED);
        assertEquals("1.0.0", half.version().toString());
        assertEquals("1bc", process("stamp", "abc"));
        Files.write(
                file,
                Arrays.copyOfRange(next, next.length / 2, next.length),
                StandardOpenOption.APPEND);
        awaitPlugin("stamp", p -> p.version().toString().equals("2.0.0") && p.error().isEmpty());
        assertEquals("2bc", process("stamp", "abc"));
    }

    @Test
    public void jarsAndConfigurationsDroppedAmongPluginsDoNothing() throws IOException {
        int bundles = context.getBundles().length;
        try (var jars =
                Files.list(
                        java.nio.file.Path.of(
                                System.getProperty("trinity.distribution"), "bundles"))) {
            drop(
                    "evil.jar",
                    Files.readAllBytes(
                            jars.filter(j -> j.toString().contains("vsa"))
                                    .findFirst()
                                    .orElseThrow()));
        }
        drop(
                "io.trinity.policy.cfg",
                "bindToDigest=false\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        load("stamp-1", "1.0.0");
        assertEquals(bundles + 1, context.getBundles().length);
        assertFalse(
                service(org.osgi.service.cm.ConfigurationAdmin.class, "(objectClass=*)")
                        .map(ReloadTest::hasPolicy)
                        .orElseThrow());
        removeFile("evil.jar");
        removeFile("io.trinity.policy.cfg");
    }

    private static boolean hasPolicy(org.osgi.service.cm.ConfigurationAdmin admin) {
        try {
            return admin.listConfigurations("(service.pid=io.trinity.policy)") != null;
        } catch (IOException | org.osgi.framework.InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private long generatedBundles(String plugin) {
        return Arrays.stream(context.getBundles())
                .filter(b -> b.getLocation().startsWith("wasm:" + plugin + "/"))
                .count();
    }

    private void awaitSettled() {
        var reloader =
                service(io.trinity.api.reload.Reloader.class, "(objectClass=*)").orElseThrow();
        await("reload has dealt with everything", reloader::settled);
    }
}
