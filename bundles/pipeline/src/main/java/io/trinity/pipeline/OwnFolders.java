package io.trinity.pipeline;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/** The folders of a home that are the host's own: nothing below them is ever an input. */
final class OwnFolders {
    private final List<Path> folders;

    OwnFolders(Home home) {
        this.folders =
                List.of(
                        home.data(),
                        home.conf(),
                        home.plugins(),
                        home.log(),
                        home.root().resolve("metrics"));
    }

    /** The one that this folder, all links followed, is or lies in or holds. */
    Optional<Path> meet(Path folder) throws IOException {
        Path real = folder.toRealPath();
        for (Path own : folders) {
            if (Files.exists(own)) {
                Path there = own.toRealPath();
                if (real.startsWith(there) || there.startsWith(real)) {
                    return Optional.of(own);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a file is one of these under another name. Walks them: for few files only. */
    boolean hold(InputStamp stamp) throws IOException {
        boolean[] found = {false};
        for (Path own : folders) {
            if (Files.isDirectory(own) && !found[0]) {
                Files.walkFileTree(own, new Search(stamp, found));
            }
        }
        return found[0];
    }

    private static final class Search extends SimpleFileVisitor<Path> {
        private final InputStamp wanted;
        private final boolean[] found;

        Search(InputStamp wanted, boolean[] found) {
            this.wanted = wanted;
            this.found = found;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
            found[0] = a.isRegularFile() && a.fileKey() != null && a.fileKey().equals(wanted.key());
            return found[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
