package io.trinity.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
}
