package io.trinity.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.home.Home;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {
    @TempDir Path root;

    @Test
    void aHomeThatNobodyRunsHasNoOwner() throws IOException {
        assertTrue(HomeLock.owner(new Home(root)).isEmpty());
    }

    @Test
    void theLockNamesItsProcessAndIsLeftWhenClosed() throws IOException {
        Home home = new Home(root);
        HomeFolders.makePrivate(home.data());
        HomeLock.take(home).close();
        assertEquals(
                ProcessHandle.current().pid() + "\n",
                Files.readString(home.data().resolve("lock")));
        assertTrue(HomeLock.owner(home).isEmpty());
    }

    @Test
    void aHomeThatAnotherProcessRunsIsRefusedAndTheProcessNamed() throws Exception {
        Home home = new Home(root);
        HomeFolders.makePrivate(home.data());
        Path lock = home.data().resolve("lock");
        Process other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Holder.class.getName(),
                                root.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            assertEquals('!', other.getInputStream().read());
            Failure e = assertThrows(Failure.class, () -> HomeLock.take(home));
            assertTrue(e.getMessage().startsWith("trinity is running already"), e.getMessage());
            assertTrue(e.getMessage().endsWith("pid=" + other.pid()), e.getMessage());
            assertEquals(OptionalLong.of(other.pid()), HomeLock.owner(home));
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(lock)));
            // As between taking the lock and writing the number.
            Files.writeString(lock, "");
            assertEquals(OptionalLong.of(-1), HomeLock.owner(home));
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertTrue(HomeLock.owner(home).isEmpty(), "the lock goes with its process");
    }

    /** A process that runs a home and does nothing else. */
    static final class Holder {
        private Holder() {}

        @SuppressWarnings("try") // the lock is held, not used
        public static void main(String[] words) throws IOException {
            try (HomeLock held = HomeLock.take(new Home(Path.of(words[0])))) {
                System.out.print('!');
                System.out.flush();
                System.in.read();
            }
        }
    }

    @Test
    void dataThatWasOpenToOthersIsClosedAndAnInboxThatLeadsNowhereIsLeft() throws IOException {
        Home home = new Home(root);
        Files.createDirectories(home.data());
        Files.setPosixFilePermissions(home.data(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(home.inbox(), root.resolve("not-mounted"));

        HomeFolders.prepare(home, Files.createDirectory(root.resolve("defaults")), System.err);

        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(home.data())));
        assertTrue(Files.notExists(root.resolve("not-mounted")));
    }

    @Test
    void foldersAreMadeAndDefaultsNeverReplaceWhatIsThere() throws IOException {
        Path defaults = Files.createDirectory(root.resolve("defaults"));
        Files.writeString(defaults.resolve("a.cfg"), "default");
        Files.writeString(defaults.resolve("b.cfg"), "default");
        Home home = new Home(root.resolve("home"));
        Files.createDirectories(home.conf());
        Files.writeString(home.conf().resolve("a.cfg"), "mine");

        HomeFolders.prepare(home, defaults, System.err);

        assertEquals("mine", Files.readString(home.conf().resolve("a.cfg")));
        assertEquals("default", Files.readString(home.conf().resolve("b.cfg")));
        assertTrue(Files.isDirectory(home.plugins()));
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(home.data())));
        assertFalse(Files.exists(home.data().resolve("lock")));
    }

    @Test
    void aDefaultIsLackingWhereNothingHasItsName() throws IOException {
        Path defaults = Files.createDirectory(root.resolve("defaults"));
        Files.writeString(defaults.resolve("a.cfg"), "default");
        Home home = new Home(root.resolve("home"));
        Files.createDirectories(home.conf());
        Files.createSymbolicLink(home.conf().resolve("a.cfg"), root.resolve("nowhere/a.cfg"));

        assertEquals(java.util.List.of(), HomeFolders.lacking(home, defaults));
        Files.delete(home.conf().resolve("a.cfg"));
        assertEquals(
                java.util.List.of(defaults.resolve("a.cfg")), HomeFolders.lacking(home, defaults));
    }

    private Home home() throws IOException {
        Home home = new Home(root.resolve("h"));
        Files.createDirectories(home.root());
        HomeFolders.makePrivate(home.data());
        return home;
    }

    @Test
    void aHomeThatIsMovedOrReplacedIsHeldNoLongerAndItsHostEnds() throws IOException {
        Home home = home();
        try (HomeLock lock = HomeLock.take(home)) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            List<Integer> ends = new ArrayList<>();
            HomeWatch watch =
                    new HomeWatch(
                            home,
                            lock,
                            new PrintStream(said, true, StandardCharsets.UTF_8),
                            ends::add);
            assertTrue(watch.look());
            Files.move(home.root(), root.resolve("moved"));
            assertFalse(watch.look());
            home();
            HomeLock.take(home).close();
            assertFalse(lock.isHeld(), "another stands at its place");
            assertEquals(List.of(ExitCode.FAILED), ends);
            assertTrue(
                    said.toString(StandardCharsets.UTF_8)
                            .contains("was moved, removed or replaced"),
                    said::toString);
        }
    }

    @Test
    void aLockThatAloneWasRemovedIsTakenAnewUnlessAnotherWasFaster() throws IOException {
        Home home = home();
        Path file = home.data().resolve("lock");
        try (HomeLock lock = HomeLock.take(home)) {
            Files.delete(file);
            assertTrue(lock.isHeld());
            assertEquals(ProcessHandle.current().pid() + "\n", Files.readString(file));
            Files.delete(file);
            Files.writeString(file, "another's\n");
            assertFalse(lock.isHeld());
        }
    }

    @Test
    void aDefaultThatWasRemovedDoesNotComeAgainAndOneThatIsWrittenOtherwiseIsThere()
            throws IOException {
        Path defaults = Files.createDirectory(root.resolve("defaults"));
        Files.writeString(defaults.resolve("io.trinity.pipeline-main.cfg"), "default");
        Files.writeString(defaults.resolve("logback.xml"), "default");
        Home home = new Home(root.resolve("home"));
        HomeFolders.prepare(home, defaults, System.err);
        Path main = home.conf().resolve("io.trinity.pipeline-main.cfg");
        Files.delete(main);
        Files.delete(home.conf().resolve("logback.xml"));
        HomeFolders.prepare(home, defaults, System.err);
        assertFalse(Files.exists(main));
        assertTrue(Files.exists(home.conf().resolve("logback.xml")), "without it there is no log");
        assertEquals(java.util.List.of(), HomeFolders.lacking(home, defaults));

        for (String other : java.util.List.of("-main.config", "~main.cfg", "~main.config")) {
            Home typed = new Home(root.resolve(other));
            Files.createDirectories(typed.conf());
            Files.writeString(typed.conf().resolve("io.trinity.pipeline" + other), "stages=[]");
            HomeFolders.prepare(typed, defaults, System.err);
            assertFalse(Files.exists(typed.conf().resolve("io.trinity.pipeline-main.cfg")), other);
        }
    }
}
