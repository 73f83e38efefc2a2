package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What {@code ./tri} refuses before anything is begun, and leaves behind when it is given up. */
class TriTest {
    private static Path folder() throws IOException {
        return Files.createTempDirectory("trinity-tri");
    }

    /** It says why in one line, and makes nothing. */
    private static void refuses(Host host, int code, String why, String... words)
            throws IOException, InterruptedException {
        Said said = host.tri(words);
        assertEquals(code, said.code(), said::toString);
        assertEquals(1, said.all().lines().count(), said::toString);
        assertTrue(said.err().contains(why), said::toString);
        assertFalse(Files.exists(host.home()), "a home was made");
    }

    private static String jvm(String script) throws IOException {
        Path java = Files.writeString(folder().resolve("java"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return java.toString();
    }

    @Test
    void whatIsNoJvmOrOneThatIsTooOldIsRefusedWithItsName() throws Exception {
        Host host = Host.fresh();
        host.environment("TRINITY_HOME", host.home().toString());
        host.environment("TRINITY_JAVA", "/no/such/java");
        refuses(host, 1, "no java at '/no/such/java'", "start");
        host.environment("TRINITY_JAVA", jvm("echo hello"));
        refuses(host, 1, "it is no JVM", "start");
        host.environment("TRINITY_JAVA", jvm("echo 'java version \"1.8.0_392\"' >&2"));
        refuses(host, 1, "it is Java 8", "start");
        host.environment("TRINITY_JAVA", null).environment("JAVA_HOME", "/no/such/jdk");
        refuses(host, 1, "no java at '/no/such/jdk/bin/java'", "status");
    }

    @Test
    void wordsAndVariablesThatItDoesNotUnderstandAreRefused() throws Exception {
        Host host = Host.fresh();
        String home = host.home().toString();
        refuses(host, 2, "--home needs a folder", "start", "--home");
        refuses(host, 2, "--home needs a folder", "start", "--home=");
        refuses(host, 2, "unexpected 'now'", "start", "--home", home, "now");
        refuses(host, 2, "unexpected 'now'", "run", "--home", home, "now");
        for (String mask : new String[] {"9", "0888", "rwx", "27"}) {
            host.environment("TRINITY_UMASK", mask);
            refuses(host, 2, "TRINITY_UMASK='" + mask + "' is neither", "start", "--home", home);
        }
    }

    @Test
    void aHelpThatNobodyCouldReadIsNoSuccessAndAFolderThatIsGoneIsNoReasonToFail()
            throws Exception {
        Host host = Host.fresh();
        String tri = Host.distribution().resolve("tri").toString();
        String[] lines = {
            "exec \"$0\" help >/dev/full",
            "mkdir -p \"$1\" && cd \"$1\" && rmdir \"$1\" && exec \"$0\" status --home \"$1\"",
            "mkdir -p \"$1\" && cd \"$1\" && rmdir \"$1\" && exec \"$0\" start --home here"
        };
        int[] codes = {5, 3, 2};
        for (int i = 0; i < lines.length; i++) {
            Said said =
                    Host.run(
                            host.prepare(
                                    new ProcessBuilder(
                                            "bash", "-c", lines[i], tri, host.home().toString())));
            assertEquals(codes[i], said.code(), said::toString);
        }
    }

    @Test
    void aBuildTellsHowFarItIsOnATerminalAndItsErrorsEverywhere() throws Exception {
        Host host = Host.fresh();
        Path checkout = folder();
        Files.copy(Host.checkout().resolve("tri"), checkout.resolve("tri"));
        Path mvn =
                Files.writeString(
                        checkout.resolve("mvn"),
                        "#!/bin/sh\n"
                                + "echo '[INFO] Building api 0.1.0-SNAPSHOT   [3/38]'\n"
                                + "echo '[ERROR] no such word'\nexit 1\n");
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
        String build = "PATH='" + checkout + "':$PATH bash '" + checkout + "/tri' build";

        Said quiet = Host.run(host.prepare(new ProcessBuilder("bash", "-c", build)));
        assertEquals(1, quiet.code(), quiet::toString);
        assertEquals("", quiet.out());
        assertTrue(quiet.err().contains("[ERROR] no such word"), quiet::toString);
        assertTrue(quiet.err().contains("tri: the build failed"), quiet::toString);
        assertFalse(quiet.err().contains("3 of 38"), quiet::toString);

        Said seen =
                Host.run(host.prepare(new ProcessBuilder("script", "-qefc", build, "/dev/null")));
        assertEquals(1, seen.code(), seen::toString);
        assertTrue(seen.out().contains("building 3 of 38: api"), seen::toString);
        assertTrue(seen.out().contains("[ERROR] no such word"), seen::toString);
    }

    @Test
    void whatIsNotUnderstoodIsRefusedBeforeAnythingIsBuilt() throws Exception {
        Host host = Host.fresh();
        Path checkout = folder();
        Files.copy(Host.checkout().resolve("tri"), checkout.resolve("tri"));
        ProcessBuilder start =
                host.prepare(
                        new ProcessBuilder(
                                "bash", checkout.resolve("tri").toString(), "start", "x"));
        start.environment().remove("TRINITY_BUILD");
        Said said = Host.run(start);
        assertEquals(2, said.code(), said::toString);
        assertTrue(said.err().startsWith("tri: unexpected 'x'"), said::toString);
    }

    @Test
    void aStartThatIsGivenUpLeavesNoHostBehind() throws Exception {
        Host host = Host.fresh();
        String home = host.home().toString();
        Process start = host.command("start", "--home", home).start();
        Path written = host.path("data/host");
        Await.until("a host has begun", () -> Files.exists(written));
        Properties fields = new Properties();
        try (var in = Files.newBufferedReader(written)) {
            fields.load(in);
        }
        Optional<ProcessHandle> begun = ProcessHandle.of(Long.parseLong(fields.getProperty("pid")));
        try {
            start.toHandle().destroy();
            assertTrue(start.waitFor(60, TimeUnit.SECONDS));
            Await.until("the host is gone", () -> begun.filter(ProcessHandle::isAlive).isEmpty());
            assertEquals(3, host.tri("status", "--home", home).code());
        } finally {
            begun.ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
