package io.trinity.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes kept inputs that are too old or too many, the oldest first. */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private Retention() {}

    private record Kept(Path folder, long bytes, Instant since) {}

    static void sweep(String pipeline, Path folder, FileSettings.Bounds bounds) throws IOException {
        List<Kept> all = new ArrayList<>();
        long bytes = 0;
        for (Path f : Claims.numbered(folder)) {
            Optional<Path> input = Claims.input(f);
            long size = input.isPresent() ? InputStamp.of(input.get()).sizeBytes() : 0;
            // Since when it lies here, not when it was written.
            Instant since = Files.getLastModifiedTime(f, LinkOption.NOFOLLOW_LINKS).toInstant();
            all.add(new Kept(f, size, since));
            bytes += size;
        }
        Instant oldest = Instant.now().minus(Duration.ofDays(bounds.days()));
        int deleted = 0;
        for (Kept k : all) {
            boolean old = bounds.days() > 0 && k.since.isBefore(oldest);
            boolean much = bounds.mebibytes() > 0 && bytes > bounds.mebibytes() << 20;
            if (old || much) {
                Claims.delete(k.folder);
                bytes -= k.bytes;
                deleted++;
            }
        }
        if (deleted > 0) {
            LOG.info(
                    "pipeline={} deleted {} inputs from {}: bounds are {} days and {} MiB",
                    pipeline,
                    deleted,
                    folder,
                    bounds.days(),
                    bounds.mebibytes());
        }
    }
}
