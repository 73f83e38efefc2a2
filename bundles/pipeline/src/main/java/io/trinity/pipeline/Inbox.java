package io.trinity.pipeline;

import io.trinity.api.pipeline.PipelineStatus;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the files of a folder: which of them are inputs, how long each has been left alone, and
 * whether somebody still writes. Opens nothing and follows no link. Confined to one thread.
 */
final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    /**
     * A file that may be taken.
     *
     * @param path as it was listed: a name may have bytes that no text has
     */
    record Candidate(Path path, InputStamp stamp, long firstSeenNanos) {}

    /**
     * What a look showed.
     *
     * @param ready inputs that may be taken, the first seen first, else by name
     * @param waiting all inputs, those that are not ready yet included
     * @param oldestSeenNanos when the one that waits longest was first seen; 0 for none
     */
    record Look(List<Candidate> ready, int waiting, long oldestSeenNanos) {
        static final Look NOTHING = new Look(List.of(), 0, 0);
    }

    private record Seen(InputStamp stamp, long firstNanos, long sameSinceNanos) {}

    private final Path folder;
    private final OwnFolders own;
    private final OpenForWriting open;
    private final LongSupplier nanoTime;
    private final Map<Path, Seen> seen = new HashMap<>();
    private final Map<Path, String> told = new HashMap<>();

    /**
     * @param nanoTime the clock
     */
    Inbox(Path folder, OwnFolders own, OpenForWriting open, LongSupplier nanoTime) {
        this.folder = folder;
        this.own = own;
        this.open = open;
        this.nanoTime = nanoTime;
    }

    /**
     * Looks.
     *
     * @param stillNanos how long an input must have been the same
     */
    Look look(FileSettings settings, long stillNanos) throws IOException {
        Set<Path> there = new HashSet<>();
        List<Candidate> still = new ArrayList<>();
        long now = nanoTime.getAsLong();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (settings.ignores(String.valueOf(entry.getFileName()))) {
                    continue;
                }
                there.add(entry);
                look(entry, now).ifPresent(s -> mayBeReady(entry, s, stillNanos, still));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        seen.keySet().retainAll(there);
        told.keySet().retainAll(there);
        Set<Path> written = open.among(still.stream().map(Candidate::path).toList());
        List<Candidate> ready =
                still.stream()
                        .filter(c -> !written.contains(c.path()))
                        .sorted(
                                Comparator.comparing(Candidate::firstSeenNanos)
                                        .thenComparing(Candidate::path))
                        .toList();
        written.forEach(f -> seen.computeIfPresent(f, (p, s) -> again(s)));
        return new Look(
                ready,
                seen.size(),
                seen.values().stream().mapToLong(Seen::firstNanos).min().orElse(0));
    }

    /** Somebody writes: the time of being left alone begins anew. */
    private Seen again(Seen s) {
        return new Seen(s.stamp, s.firstNanos, nanoTime.getAsLong());
    }

    private void mayBeReady(Path entry, Seen s, long stillNanos, List<Candidate> still) {
        if (nanoTime.getAsLong() - s.sameSinceNanos >= stillNanos) {
            still.add(new Candidate(entry, s.stamp, s.firstNanos));
        }
    }

    /** What is the same at a second look; nothing at the first. */
    private Optional<Seen> look(Path entry, long now) {
        InputStamp stamp;
        try {
            stamp = InputStamp.of(entry);
            Optional<String> objection = objection(entry, stamp);
            if (objection.isPresent()) {
                seen.remove(entry);
                leave(entry, objection.get());
                return Optional.empty();
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            seen.remove(entry);
            leave(entry, Names.reason(e));
            return Optional.empty();
        }
        Seen last = seen.get(entry);
        if (last == null) {
            told.remove(entry); // What was wrong with it no longer is.
        }
        Seen s =
                last == null
                        ? new Seen(stamp, now, now)
                        : new Seen(
                                stamp,
                                last.firstNanos,
                                last.stamp.same(stamp) ? last.sameSinceNanos : now);
        seen.put(entry, s);
        return last == null || !last.stamp.same(stamp) ? Optional.empty() : Optional.of(s);
    }

    private Optional<String> objection(Path entry, InputStamp stamp) throws IOException {
        Optional<String> objection = stamp.objection();
        if (objection.isEmpty() && stamp.links() > 1 && own.hold(stamp)) {
            return Optional.of("it is another name of a file of the host's own; none is read");
        }
        if (objection.isEmpty() && !Files.isReadable(entry)) {
            return Optional.of("the host's user may not read it");
        }
        return objection;
    }

    /** Says once, until it is gone or another word holds, why a file is not taken. */
    void leave(Path entry, String why) {
        if (!why.equals(told.put(entry, why))) {
            LOG.warn("inbox file '{}' is left where it is: {}", name(entry), why);
        }
    }

    /** The folder is not there, and nothing in it. */
    void isGone() {
        seen.clear();
        told.clear();
    }

    /** What is not taken, and why. */
    PipelineStatus.Left left() {
        Map<String, String> first = new LinkedHashMap<>();
        told.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(PipelineStatus.Left.MOST)
                .forEach(e -> first.put(name(e.getKey()), e.getValue()));
        return new PipelineStatus.Left(told.size(), first);
    }

    private static String name(Path entry) {
        return Names.printable(String.valueOf(entry.getFileName()));
    }

    /** It is no longer here. */
    void taken(Candidate c) {
        seen.remove(c.path());
    }
}
