package io.trinity.files;

import static io.trinity.files.Failures.failure;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trinity.api.sandbox.HostFailure.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Places known by another name, as a bind mount gives them. */
class ProtectedPathsTest {
    @TempDir Path root;

    @Test
    void aProtectedPlaceIsKnownByItsIdentity() throws Exception {
        Path code = Files.createDirectory(root.resolve("code"));
        ProtectedPaths places = new ProtectedPaths(null, code);
        Object key = Files.readAttributes(code, BasicFileAttributes.class).fileKey();
        failure(Reason.DENIED, () -> places.check(Path.of("/elsewhere"), key, "x"));
        Object other = Files.readAttributes(root, BasicFileAttributes.class).fileKey();
        places.check(Path.of("/elsewhere"), other, "x");
    }

    @Test
    void aFileSystemOfTheKernelIsKnownByItsType() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self")), "there is a /proc");
        ProtectedPaths places = new ProtectedPaths(null, null);
        failure(Reason.DENIED, () -> places.checkStore(Path.of("/proc/version"), "x"));
        places.checkStore(root, "x");
    }
}
