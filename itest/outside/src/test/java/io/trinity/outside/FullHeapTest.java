package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A host whose heap is full goes on, or ends for whoever starts it again. */
@Tag("slow")
class FullHeapTest {
    /** Two billion characters, for which no heap of a test has room. */
    private static final String FILL = "'a' repeat 2000000000";

    /** The JVM's own, of {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int EXIT_CODE = 3;

    @Test
    void withTheVariableItEndsWithItsCodeAndServesOnceItIsStartedAgain() throws Exception {
        try (Host host = Host.fresh()) {
            host.environment("TRINITY_EXIT_ON_OOM", "yes");
            Path said = Files.createTempFile("tri", ".out");
            Process foreground =
                    host.command("--home", host.home().toString())
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start();
            try {
                Await.until("it is up", () -> host.tryExec("trinity:ready").code() == 0);
                host.exec("storage:put k v");
                assertNotEquals(0, host.tryExec(FILL).code());
                assertTrue(foreground.waitFor(60, TimeUnit.SECONDS), "it has ended");
                assertEquals(EXIT_CODE, foreground.exitValue(), () -> told(said));
            } finally {
                foreground.destroyForcibly();
            }
            host.start();
            assertEquals("v", host.exec("storage:get k").replaceFirst("^\\| ", "").strip());
            host.stop();
        }
    }

    private static String told(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void withoutItTheCommandFailsAndTheHostGoesOn() throws Exception {
        try (Host host = Host.fresh()) {
            host.start();
            assertNotEquals(0, host.tryExec(FILL).code());
            assertEquals("ready\n", host.exec("trinity:ready"));
            host.stop();
        }
    }

    @Test
    void theUnitAndTheContainerSetItAndStartItAgainAfterThatCode() throws Exception {
        List<String> unit =
                Files.readString(Host.distribution().resolve("systemd/trinity.service"))
                        .lines()
                        .toList();
        assertTrue(
                unit.stream()
                        .anyMatch(
                                l ->
                                        l.startsWith("Environment=")
                                                && l.contains(" TRINITY_EXIT_ON_OOM=yes")),
                unit::toString);
        assertTrue(unit.contains("Restart=on-failure"), unit::toString);
        // What counts as success, and what keeps it from being started again, has not this code.
        for (String line : unit) {
            if (line.matches("(SuccessExitStatus|RestartPreventExitStatus)=.*")) {
                assertFalse(List.of(line.split("[= ]")).contains("" + EXIT_CODE), line);
            }
        }
        String recipe = Files.readString(Host.distribution().resolve("container/Containerfile"));
        assertTrue(
                recipe.lines()
                        .anyMatch(
                                l ->
                                        l.startsWith("ENV ")
                                                && l.contains(" TRINITY_EXIT_ON_OOM=yes")),
                recipe);
        assertTrue(recipe.contains("--restart on-failure"), recipe);
    }
}
