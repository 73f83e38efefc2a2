package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a person types: start, exec, check, pack, stop, and the plugin commands. */
public class ShellTest {
    @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();
    private static Tri tri;
    private static Tri.Said started;

    @BeforeClass
    public static void start() throws IOException, InterruptedException {
        // Longer than the name of a socket may be.
        Path home = FOLDER.getRoot().toPath().resolve("a home with blanks and " + "x".repeat(150));
        tri = new Tri(home);
        started = tri.start();
        tri.putFixture("stamp-1", "stamp.wasm");
        tri.putFixture("bad-import", "bad.wasm");
        tri.awaitPlugin("stamp", "1.0.0");
        while (tri.plugin("bad-import").isEmpty()) {
            tri.exec("plugin:list");
        }
    }

    @AfterClass
    public static void stop() throws IOException, InterruptedException {
        tri.stop();
        assertEquals(3, tri.run("status", "--home", tri.home().toString()).code());
        tri.close();
    }

    /** Commands that are there to complete others. */
    private static final Set<String> FOR_COMPLETION = Set.of("names", "points", "capabilities");

    @Test
    public void everyCommandIsCompleted() throws IOException, InterruptedException {
        String profile =
                Files.readString(
                        Path.of(
                                System.getProperty("trinity.root"),
                                "runtime-assembly/src/main/distribution/etc/gosh_profile"));
        List<String> commands =
                tri.exec("help")
                        .lines()
                        .map(l -> l.strip().split(" ", 2)[0])
                        .filter(
                                c ->
                                        c.matches(
                                                "(plugin|hook|pipeline|storage|agent|trinity):[a-z]+"))
                        .filter(c -> !FOR_COMPLETION.contains(c.substring(c.indexOf(':') + 1)))
                        .toList();
        assertTrue(commands.toString(), commands.size() > 25);
        for (String command : commands) {
            assertTrue(command, profile.contains("complete -c " + command + " -d "));
        }
    }

    @Test
    public void startSaysInOneLineWhereToDropThings() {
        assertEquals(started.toString(), 1, started.out().lines().count());
        assertTrue(started.out().startsWith("trinity ready"));
        assertTrue(started.out().contains("plugins=" + tri.home().resolve("plugins")));
        assertTrue(started.out().contains("inbox=" + tri.home().resolve("inbox")));
    }

    @Test
    public void aSecondStartIsRefusedAndStatusSaysRunning()
            throws IOException, InterruptedException {
        assertEquals(1, tri.run("start", "--home", tri.home().toString()).code());
        Tri.Said status = tri.run("status", "--home", tri.home().toString());
        assertEquals(status.toString(), 0, status.code());
        assertTrue(status.out(), status.out().contains("1 active"));
    }

    @Test
    public void listAsJsonHasEveryFieldOfEveryPlugin() throws IOException, InterruptedException {
        List<Map<String, Object>> plugins = tri.list();
        assertEquals(2, plugins.size());
        for (Map<String, Object> p : plugins) {
            assertEquals(
                    Set.of(
                            "name",
                            "version",
                            "type",
                            "state",
                            "generation",
                            "bundle",
                            "memoryBytes",
                            "calls",
                            "failures",
                            "averageCallMicros",
                            "error",
                            "disabled",
                            "warnings"),
                    p.keySet());
        }
        Map<?, ?> error = (Map<?, ?>) tri.plugin("bad-import").get("error");
        assertEquals("IMPORT_UNKNOWN", error.get("code"));
        assertTrue(error.toString().contains("'system' of module 'env'"));
    }

    @Test
    public void theTableIsForPeople() throws IOException, InterruptedException {
        String table = tri.exec("plugin:list");
        assertTrue(table, table.contains("NAME"));
        assertTrue(table, table.contains("IMPORT_UNKNOWN"));
        assertTrue(tri.exec("plugin:info stamp").contains("1.0.0"));
        assertTrue(tri.exec("plugin:log stamp").contains("state=active"));
    }

    @Test
    public void callRunsOneStageOnOnePayload() throws IOException, InterruptedException {
        Path payload = FOLDER.newFile().toPath();
        Files.writeString(payload, "abc");
        String out = tri.exec("plugin:call stamp --payload-file " + payload + " --modality text");
        assertTrue(out, out.contains("1bc"));
        assertTrue(
                tri.exec("plugin:call stamp --json --payload-file " + payload)
                        .contains("\"MWJj\""));
    }

    @Test
    public void whatFailsExitsWith1AndSaysWhy() throws IOException, InterruptedException {
        for (String line :
                List.of(
                        "plugin:info nobody",
                        "plugin:call nobody --payload-file /dev/null",
                        "plugin:call stamp --payload-file /no/such/file",
                        "no:such command")) {
            Tri.Said said = tri.run("exec", "--home", tri.home().toString(), line);
            assertEquals(line + said, 1, said.code());
            assertTrue(line + said, !said.err().isBlank());
            assertTrue(line + said, !said.err().contains("\tat "));
        }
    }

    @Test
    public void helpTellsOfEveryCommand() throws IOException, InterruptedException {
        for (String command : List.of("list", "info", "call", "log", "check")) {
            assertTrue(command, tri.exec("help plugin:" + command).length() > 20);
        }
    }

    @Test
    public void theSocketIsItsOwnersAlone() throws IOException {
        Path pointer = tri.home().resolve("data/control.path");
        Path socket =
                Files.exists(pointer)
                        ? Path.of(Files.readString(pointer).trim())
                        : tri.home().resolve("data/control.sock");
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())));
    }

    @Test
    public void packAndCheckSayWhatTheLoaderWouldSay() throws IOException, InterruptedException {
        Path module = FOLDER.newFile().toPath();
        Path manifest = FOLDER.newFile().toPath();
        Path packed = FOLDER.getRoot().toPath().resolve("packed.wasm");
        Path fixtures = Path.of(System.getProperty("trinity.fixtures"));
        Files.write(module, Files.readAllBytes(fixtures.resolve("bad-no-manifest.wasm")));
        Files.write(
                manifest,
                "{\"manifest\":1,\"name\":\"mine\",\"version\":\"1.0.0\",\"type\":\"pipeline_stage\",\"x\":1}"
                        .getBytes(StandardCharsets.UTF_8));
        Tri.Said without = tri.run("check", module.toString());
        assertEquals(without.toString(), 1, without.code());
        assertTrue(without.toString(), without.toString().contains("MANIFEST_MISSING"));
        Tri.Said pack =
                tri.run("pack", module.toString(), manifest.toString(), "-o", packed.toString());
        assertEquals(pack.toString(), 0, pack.code());
        Tri.Said with = tri.run("check", packed.toString());
        assertEquals(with.toString(), 0, with.code());
        assertTrue(with.toString(), with.toString().contains("'x' is unknown"));
        assertEquals(1, tri.run("check", fixtures.resolve("stamp-broken.wasm").toString()).code());
        assertEquals(
                0, tri.run("check", packed.toString(), "--home", tri.home().toString()).code());
        assertEquals("a check leaves nothing behind", 2, tri.list().size());
    }
}
