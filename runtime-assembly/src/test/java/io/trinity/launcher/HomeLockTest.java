package io.trinity.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
