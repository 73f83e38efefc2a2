package io.trinity.files;

import static io.trinity.files.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.trinity.api.sandbox.HostFailure.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each trouble names plugin and directory, and is over once it is mended. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GrantedDirectoryTest {
    @TempDir Path root;
    private Rig rig;
    private Path late;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(root);
        late = root.resolve("srv/late");
        rig.grant(late.toString());
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void worksNow() throws Exception {
        rig.write("late/a", 0, "x");
        assertEquals("x", rig.text("late/a"));
    }

    private void isToldAs(Reason reason, String what) {
        for (String why :
                new String[] {
                    failure(reason, () -> rig.text("late/a")),
                    failure(reason, () -> rig.entries("late", "")),
                    failure(reason, () -> rig.write("late/a", 0, "x")),
                }) {
            assertTrue(why.contains("plugin 'atlas'"), why);
            assertTrue(why.contains("granted as 'late' " + what), why);
            assertFalse(why.contains(root.toString()), why);
        }
    }

    @Test
    void oneThatIsNotThereYetWorksOnceItIsMade() throws Exception {
        isToldAs(Reason.NOT_FOUND, "does not exist");
        Files.createDirectories(late);
        worksNow();
        assertEquals(
                "'late/b' does not exist", failure(Reason.NOT_FOUND, () -> rig.text("late/b")));
    }

    @Test
    void aLinkThatLeadsNowhereWorksOnceItLeadsSomewhere() throws Exception {
        Files.createDirectories(late.getParent());
        Files.createSymbolicLink(late, root.resolve("elsewhere"));
        isToldAs(Reason.NOT_FOUND, "is a link that leads nowhere");
        Files.createDirectory(root.resolve("elsewhere"));
        worksNow();
        assertEquals("x", Files.readString(root.resolve("elsewhere/a")));
    }

    @Test
    void aFileInItsPlaceWorksOnceItIsADirectory() throws Exception {
        Files.createDirectories(late.getParent());
        Files.writeString(late, "x");
        isToldAs(Reason.NOT_FOUND, "is no directory");
        Files.delete(late);
        Files.createDirectory(late);
        worksNow();
    }

    @Test
    void oneThatIsReplacedWhileItIsUsedIsTheNewOne() throws Exception {
        Files.createDirectories(late);
        worksNow();
        Files.move(late, root.resolve("srv/old"));
        isToldAs(Reason.NOT_FOUND, "does not exist");
        Files.createDirectory(late);
        failure(Reason.NOT_FOUND, () -> rig.text("late/a"));
        worksNow();
    }

    @Test
    void oneThatTheHostMayNotReadWorksOnceItMay() throws Exception {
        Files.createDirectories(late);
        Files.setPosixFilePermissions(late, PosixFilePermissions.fromString("---------"));
        try {
            assumeFalse(Files.isReadable(late), "this user may read everything");
            isToldAs(Reason.DENIED, "may not be read");
        } finally {
            Files.setPosixFilePermissions(late, PosixFilePermissions.fromString("rwx------"));
        }
        worksNow();
    }
}
