package io.trinity.files;

import static io.trinity.files.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.Capability;
import io.trinity.api.sandbox.HostFailure.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way out of a granted directory is closed, for each function of the interfaces. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EscapeTest {
    @TempDir Path root;
    private Rig rig;
    private Map<String, String> before;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(root);
        before = Rig.contents(rig.outside);
    }

    @AfterEach
    void nothingOutsideHasChanged() throws Exception {
        rig.close();
        assertEquals(before, Rig.contents(rig.outside));
    }

    private List<Executable> all(String path) {
        return List.of(
                () -> rig.read(path, 0, 10),
                () -> rig.stat(path),
                () -> rig.entries(path, ""),
                () -> rig.write(path, 0, "x"),
                () -> rig.resize(path, 1),
                () -> rig.remove(path),
                () -> rig.open(path, true, false, true),
                () -> rig.append(path, "x"),
                () -> rig.makeDirectory(path),
                () -> rig.removeFile(path),
                () -> rig.removeDirectory(path));
    }

    private void refused(Reason reason, String path) {
        for (Executable function : all(path)) {
            failure(reason, function);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "maps/..",
                "../outside/secret",
                "maps/../maps/a",
                "maps/../../outside/secret",
                "maps/a/../../../outside/secret",
                "/",
                "//",
                "/etc/passwd",
                "/proc/self/root/etc/passwd",
                "proc/self/environ",
                "outside/secret",
                "granted/maps/a",
                "Maps/a",
                "maps/.trinity-aside-x"
            })
    void whatLeadsOutIsDenied(String path) {
        refused(Reason.DENIED, path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "./maps/a",
                "maps/.",
                "maps/./a",
                "maps//a",
                "maps/",
                "maps/a/",
                "maps\\a",
                "maps/..\\..\\outside\\secret",
                "maps/C:\\a",
                "maps/a\0",
                "maps/a\0/../../outside/secret",
                "maps/a\n",
                "maps/\u202egnp.exe",
                "maps/\u2028",
                "maps/\ufeffa",
                "maps/\ud800",
                "maps/\uffff"
            })
    void whatIsNoPathIsInvalid(String path) {
        refused(Reason.INVALID, path);
    }

    @Test
    void namesThatAreTooLongOrTooManyAreInvalid() throws Exception {
        refused(Reason.INVALID, "maps/" + "a".repeat(256));
        refused(Reason.INVALID, "maps/" + "\u00e4".repeat(128));
        refused(Reason.INVALID, "maps" + "/abcdefghijklmno".repeat(64));
        refused(Reason.INVALID, "maps" + "/a".repeat(17));
        rig.write("maps/" + "a".repeat(255), 0, "x");
        rig.write("maps" + "/a".repeat(16), 0, "x");
        assertEquals("x", rig.text("maps" + "/a".repeat(16)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", "..a", "~", "a b", "-rf", "$HOME", "*", "con", "a:b", "%2e%2e"})
    void oddNamesAreNamesLikeOthers(String name) throws Exception {
        rig.write("maps/" + name, 0, "x");
        assertEquals("x", Files.readString(rig.maps.resolve(name)));
        assertEquals("x", rig.text("maps/" + name));
        assertEquals(List.of(name), rig.entries("maps", ""));
        rig.remove("maps/" + name);
    }

    @Test
    void aLinkIsDeniedWhereverItLeads() throws Exception {
        Files.writeString(rig.maps.resolve("real"), "x");
        Files.createSymbolicLink(rig.maps.resolve("out"), rig.secret);
        Files.createSymbolicLink(rig.maps.resolve("in"), Path.of("real"));
        Files.createSymbolicLink(rig.maps.resolve("nowhere"), rig.outside.resolve("new"));
        Files.createSymbolicLink(rig.maps.resolve("proc"), Path.of("/proc/self/environ"));
        for (String link : List.of("out", "in", "nowhere", "proc")) {
            refused(Reason.DENIED, "maps/" + link);
            assertTrue(Files.isSymbolicLink(rig.maps.resolve(link)));
        }
        assertEquals(List.of("real"), rig.entries("maps", ""));
    }

    @Test
    void aLinkInTheMiddleIsDenied() throws Exception {
        Files.createDirectory(rig.maps.resolve("a"));
        Files.createSymbolicLink(rig.maps.resolve("a/out"), rig.outside);
        refused(Reason.DENIED, "maps/a/out/secret");
        refused(Reason.DENIED, "maps/a/out/new");
        refused(Reason.DENIED, "maps/a/out/new/new");
    }

    @Test
    void aLinkOfTheOperatorsIsFollowed() throws Exception {
        Files.createSymbolicLink(root.resolve("charts"), rig.maps);
        rig.grant(root.resolve("charts").toString());
        rig.write("charts/a", 0, "x");
        assertEquals("x", Files.readString(rig.maps.resolve("a")));
    }

    @Test
    void aFileWithAnotherNameOutsideIsNotWritten() throws Exception {
        Files.createLink(rig.maps.resolve("hard"), rig.secret);
        String why = failure(Reason.DENIED, () -> rig.write("maps/hard", 0, "x"));
        assertTrue(why.contains("hard links"), why);
        failure(Reason.DENIED, () -> rig.resize("maps/hard", 0));
        rig.remove("maps/hard");
    }

    @Test
    void aFileWithAnotherNameIsNotReadWhereOthersMayHaveLinkedIt() throws Exception {
        Files.createLink(rig.maps.resolve("hard"), rig.secret);
        for (String mode : List.of("rwxrwx---", "rwxr-x-w-", "rwxrwxrwx")) {
            Files.setPosixFilePermissions(rig.maps, PosixFilePermissions.fromString(mode));
            String why = failure(Reason.DENIED, () -> rig.read("maps/hard", 0, 10));
            assertTrue(why.contains("hard links"), why);
        }
        Files.setPosixFilePermissions(rig.maps, PosixFilePermissions.fromString("rwxr-xr-x"));
        rig.read("maps/hard", 0, 10);
        Files.delete(rig.maps.resolve("hard"));
        Files.setPosixFilePermissions(rig.maps, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(rig.maps.resolve("plain"), "x");
        rig.read("maps/plain", 0, 10);
    }

    @Test
    void aPipeIsDeniedAndNobodyWaitsForIt() throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", rig.maps.resolve("pipe").toString())
                        .start()
                        .waitFor());
        refused(Reason.DENIED, "maps/pipe");
        refused(Reason.DENIED, "maps/pipe/a");
        assertEquals(List.of(), rig.entries("maps", ""));
    }

    @Test
    void theKernelsFilesAreDeniedEvenWhereGranted() throws Exception {
        rig.grant("/proc", "/sys", "/dev", "/proc/self");
        refused(Reason.DENIED, "proc/version");
        refused(Reason.DENIED, "self/environ");
        refused(Reason.DENIED, "sys/kernel");
        refused(Reason.DENIED, "dev/null");
        Files.createSymbolicLink(root.resolve("kernel"), Path.of("/proc"));
        rig.grant(root.resolve("kernel").toString());
        refused(Reason.DENIED, "kernel/version");
    }

    @Test
    void whatTheHostNeedsIsDeniedEvenWhereGranted() throws Exception {
        Path home = Files.createDirectories(rig.home.root());
        rig.grant(home.toString(), root.toString());
        String top = root.getFileName().toString();
        for (String own : List.of("conf", "data", "plugins", "log")) {
            refused(Reason.DENIED, "home/" + own);
            refused(Reason.DENIED, "home/" + own + "/a");
            Files.createDirectories(home.resolve(own + "/b"));
            Files.writeString(home.resolve(own + "/a"), Rig.CANARY);
            refused(Reason.DENIED, "home/" + own);
            refused(Reason.DENIED, "home/" + own + "/a");
            refused(Reason.DENIED, top + "/home/" + own + "/b/a");
            rig.grant(home.resolve(own).toString(), home.resolve(own + "/b").toString());
            refused(Reason.DENIED, own + "/a");
            failure(Reason.DENIED, () -> rig.stat(own));
            failure(Reason.DENIED, () -> rig.entries(own, ""));
            refused(Reason.DENIED, "b/a");
            rig.grant(home.toString(), root.toString());
        }
        refused(Reason.DENIED, top + "/distribution/bundles/a.jar");
        rig.write("home/shared/a", 0, "x");
        assertEquals("x", rig.text(top + "/home/shared/a"));
    }

    @Test
    void anotherNameOfAProtectedPlaceDoesNotOpenIt() throws Exception {
        // The place itself is a link to where the files are: those are protected, too.
        Path elsewhere = Files.createDirectories(rig.maps.resolve("settings"));
        Files.createDirectories(rig.home.root());
        Files.createSymbolicLink(rig.home.conf(), elsewhere);
        refused(Reason.DENIED, "maps/settings");
        refused(Reason.DENIED, "maps/settings/a");
    }

    @Test
    void aGrantWithoutScopeOpensNothing() {
        rig.grant();
        String why = failure(Reason.DENIED, () -> rig.read("maps/a", 0, 1));
        assertEquals(
                "plugin 'atlas' 1.0.0: no directory named 'maps' is in the scope of its grant; add"
                        + " it to scope.file_read in conf/io.trinity.plugin-atlas.cfg",
                why);
        refused(Reason.DENIED, "maps");
    }

    @Test
    void oddScopesOpenNothing() {
        for (String item : List.of("/", " ", "..", root + "/granted/../outside", "a\0b")) {
            rig.grant(item);
            refused(Reason.DENIED, "outside/secret");
            refused(Reason.DENIED, "etc/passwd");
        }
    }

    @Test
    void twoDirectoriesOfOneNameOpenNeither() throws Exception {
        Files.createDirectories(root.resolve("other/maps"));
        rig.grant(rig.maps.toString(), root.resolve("other/maps").toString());
        refused(Reason.DENIED, "maps/a");
        rig.grant(rig.maps.toString(), rig.maps + "/");
        rig.write("maps/a", 0, "x");
    }

    @Test
    void readingAndWritingAreGrantedApart() throws Exception {
        Files.writeString(rig.maps.resolve("a"), "x");
        rig.grants.scopes.remove(Capability.FILE_WRITE);
        assertEquals("x", rig.text("maps/a"));
        failure(Reason.DENIED, () -> rig.write("maps/a", 0, "y"));
        rig.grant(rig.maps.toString());
        rig.grants.scopes.remove(Capability.FILE_READ);
        failure(Reason.DENIED, () -> rig.text("maps/a"));
        rig.write("maps/a", 0, "y");
    }

    @Test
    void aRelativeScopeIsBelowTheHome() throws Exception {
        Files.createDirectories(rig.home.root().resolve("shared"));
        rig.grant("shared");
        rig.write("shared/a", 0, "x");
        assertEquals("x", Files.readString(rig.home.root().resolve("shared/a")));
    }
}
