package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The JVM, the machine and the folders that people have. */
class PlaceTest {
    private static final Pattern OTHER_DIGITS = Pattern.compile("[\\p{Nd}&&[^0-9]]");

    private static Path folder() throws IOException {
        return Files.createTempDirectory("trinity-place");
    }

    private static void serves(Host host) throws IOException, InterruptedException {
        host.plugin(
                "shout", Files.readAllBytes(Host.distribution().resolve("lib/demo/shout.wasm")));
        host.put("inbox/a.txt", "hello");
        assertEquals("HELLO", host.awaitFile("outbox/a.txt"));
    }

    @Test
    @Tag("slow")
    void theOperatorsOwnCollectorAndHeapAreTaken() throws Exception {
        try (Host host = Host.fresh()) {
            host.environment("TRINITY_OPTS", "-XX:+UseG1GC -XX:MaxRAMPercentage=5").start();
            serves(host);
            host.environment("JAVA_TOOL_OPTIONS", "-Xms2g");
            assertEquals("", host.tryExec("plugin:list").err());
            host.stop();
        }
    }

    @Test
    @Tag("slow")
    void aHomeMayHaveNearlyAnyNameAndTheCallerAnyLanguageOrNone() throws Exception {
        Path home = folder().resolve("a:b, ö %20c #d $e 'f");
        try (Host host = Host.at(home)) {
            host.bareEnvironment()
                    .environment("TRINITY_OPTS", "-Duser.language=ar -Duser.country=EG")
                    .start();
            serves(host);
            String said =
                    host.exec("plugin:list")
                            + host.exec("trinity:status")
                            + host.tryExec("plugin:info none").err()
                            + host.read("outbox/a.txt.jsonl")
                            + host.log();
            assertEquals(List.of(), OTHER_DIGITS.matcher(said).results().toList(), () -> said);
            host.stop();
        }
    }

    @Test
    void aHomeWhoseNameCannotBeServedIsRefusedInOneLine() throws Exception {
        try (Host host = Host.at(folder().resolve("a${b}"))) {
            Said said = host.tri("--home", host.home().toString());
            assertEquals(1, said.code(), said::toString);
            assertEquals(1, said.err().lines().count(), said::toString);
            assertTrue(said.err().contains("choose a folder with another name"), said::toString);
        }
    }

    @Test
    @Tag("slow")
    void theDistributionMayLieInAFolderWithAColon() throws Exception {
        Path there = folder().resolve("opt:trinity");
        copy(Host.distribution(), there);
        try (Host host = Host.fresh()) {
            String tri = there.resolve("tri").toString();
            String home = host.home().toString();
            Said started = Host.run(host.prepare(new ProcessBuilder(tri, "start", "--home", home)));
            assertEquals(0, started.code(), started::toString);
            serves(host);
            host.stop();
        }
    }

    @Test
    @Tag("slow")
    void whatTheHostWritesIsNotForEverybodyWhateverItsCallersMask() throws Exception {
        for (String mask : List.of("000", "077")) {
            try (Host host = Host.fresh()) {
                Said started = shell(host, "umask " + mask + "; exec \"$0\" start --home \"$1\"");
                assertEquals(0, started.code(), started::toString);
                serves(host);
                host.stop();
                for (String file : List.of("outbox/a.txt", "log/trinity.log", "log/audit.log")) {
                    assertEquals("rw-------", mode(host.path(file)), file);
                }
                for (String folder : List.of("outbox", "inbox", "log", "conf", "plugins", "data")) {
                    assertEquals("rwx------", mode(host.path(folder)), folder);
                }
            }
        }
    }

    @Test
    void tooFewDescriptorsAreToldInOneLineBeforeAnythingIsBegun() throws Exception {
        try (Host host = Host.fresh()) {
            Said said = shell(host, "ulimit -n 64; exec \"$0\" --home \"$1\"");
            assertEquals(1, said.code(), said::toString);
            assertEquals(1, said.all().lines().count(), said::toString);
            assertTrue(said.err().contains("ulimit -n"), said::toString);
        }
    }

    @Test
    @Tag("slow")
    void aSignalWhileItStartsEndsItInOrderAndTheNextStartIsAsIfItHadNotBeen() throws Exception {
        try (Host host = Host.fresh()) {
            Process starting = host.command("--home", host.home().toString()).start();
            Await.until(
                    "the framework begins",
                    () -> Files.exists(host.path("data/framework/bundle1")));
            starting.toHandle().destroy();
            assertTrue(starting.waitFor(60, java.util.concurrent.TimeUnit.SECONDS));
            assertEquals(143, starting.exitValue());
            assertEquals("", new String(starting.getErrorStream().readAllBytes()));
            host.start();
            serves(host);
            host.stop();
        }
    }

    @Test
    void aServiceManagerIsToldThatAllIsUpAndThatItStops() throws Exception {
        Path bin = folder();
        Path said = bin.resolve("said");
        Path tool = bin.resolve("systemd-notify");
        Files.writeString(tool, "#!/bin/sh\necho \"$1\" >>'" + said + "'\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Host host = Host.fresh()) {
            host.environment("NOTIFY_SOCKET", bin.resolve("socket").toString())
                    .environment("PATH", bin + ":" + System.getenv("PATH"));
            Process service = host.command("--home", host.home().toString()).start();
            Await.until("it is ready", () -> Files.readString(said).equals("--ready\n"));
            host.exec("trinity:ready");
            service.toHandle().destroy();
            assertTrue(service.waitFor(60, java.util.concurrent.TimeUnit.SECONDS));
            assertEquals(143, service.exitValue());
            assertEquals("--ready\nSTOPPING=1\n", Files.readString(said));
        }
    }

    @Test
    void theUnitOfSystemdIsValidAndTheContainerHoldsWhatTheProgramNeeds() throws Exception {
        Path program = folder().resolve("trinity");
        Files.createDirectories(program);
        String recipe = Files.readString(Host.distribution().resolve("container/Containerfile"));
        for (String line : recipe.lines().filter(l -> l.startsWith("COPY ")).toList()) {
            String[] words = line.split(" ");
            Path to = program.resolve(Path.of("/opt/trinity").relativize(Path.of(words[2])));
            copy(Host.distribution().resolve(words[1]), to);
        }
        assertTrue(recipe.contains("ENTRYPOINT [\"/opt/trinity/tri\"]"));
        String unit = Files.readString(Host.distribution().resolve("systemd/trinity.service"));
        Path here = folder().resolve("trinity.service");
        Files.writeString(
                here,
                unit.replace("/opt/trinity", program.toString())
                        .replaceAll("(?m)^(User|Group)=.*", "$1=root"));
        if (Files.isExecutable(Path.of("/usr/bin/systemd-analyze"))) {
            Said verified =
                    Host.run(new ProcessBuilder("systemd-analyze", "verify", here.toString()));
            assertEquals(new Said(0, "", ""), verified);
        }
        try (Host host = Host.fresh()) {
            String tri = program.resolve("tri").toString();
            Said started =
                    Host.run(
                            host.prepare(
                                    new ProcessBuilder(
                                            tri, "start", "--home", host.home().toString())));
            assertEquals(0, started.code(), started::toString);
            serves(host);
            host.stop();
        }
    }

    /** A shell line with {@code ./tri} as {@code $0} and the home as {@code $1}. */
    private static Said shell(Host host, String line) throws IOException, InterruptedException {
        String tri = Host.distribution().resolve("tri").toString();
        return Host.run(
                host.prepare(new ProcessBuilder("bash", "-c", line, tri, host.home().toString())));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        Said said = Host.run(new ProcessBuilder("cp", "-a", from.toString(), to.toString()));
        assertEquals(0, said.code(), said::toString);
    }
}
