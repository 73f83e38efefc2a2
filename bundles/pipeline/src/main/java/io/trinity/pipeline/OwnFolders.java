package io.trinity.pipeline;

import io.trinity.api.home.HardLinks;
import io.trinity.api.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        for (Path own : folders) {
            if (HardLinks.isBelow(own, stamp.key())) {
                return true;
            }
        }
        return false;
    }
}
