package io.trinity.files;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** From a granted directory to the one that a path ends in, one name at a time. */
final class DirectoryTraversal implements AutoCloseable {
    /** What to do where a directory is missing. */
    interface Missing {
        void make(OpenDirectory root, OpenDirectory parent, String name)
                throws IOException, HostFailure;
    }

    private final OpenDirectory root;
    private OpenDirectory end;

    private DirectoryTraversal(OpenDirectory root) {
        this.root = root;
        this.end = root;
    }

    /**
     * Opens directory after directory.
     *
     * @param names below the granted one
     * @param missing called for a directory that is not there
     */
    static DirectoryTraversal along(
            Path granted,
            List<String> names,
            ProtectedPaths places,
            String what,
            Deadline deadline,
            Missing missing)
            throws IOException, HostFailure {
        DirectoryTraversal walk =
                new DirectoryTraversal(OpenDirectory.granted(granted, places, what));
        try {
            for (String name : names) {
                deadline.check();
                walk.step(name, missing);
            }
            if (walk.end != walk.root) {
                walk.end.witness(null, walk.end.key());
            }
            return walk;
        } catch (IOException | HostFailure | RuntimeException e) {
            walk.close();
            throw e;
        }
    }

    private void step(String name, Missing missing) throws IOException, HostFailure {
        if (end.find(name) == null) {
            missing.make(root, end, name);
        }
        OpenDirectory next = end.directory(name);
        if (end != root) {
            end.close();
        }
        end = next;
    }

    /** Nothing is made: a missing directory is missing. */
    static Missing refuse(String what) {
        return (root, parent, name) -> {
            throw DiskFailure.notFound(what);
        };
    }

    OpenDirectory root() {
        return root;
    }

    OpenDirectory end() {
        return end;
    }

    /** All names but the last. */
    static List<String> parents(PluginPath path) throws HostFailure {
        if (path.names().isEmpty()) {
            throw new HostFailure(
                    Reason.INVALID,
                    "'%s' is the granted directory itself; name a file in it".formatted(path));
        }
        return path.names().subList(0, path.names().size() - 1);
    }

    @Override
    public void close() throws IOException {
        try {
            if (end != root) {
                end.close();
            }
        } finally {
            root.close();
        }
    }
}
