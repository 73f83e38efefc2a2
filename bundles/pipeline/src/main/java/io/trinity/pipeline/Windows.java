package io.trinity.pipeline;

import io.trinity.api.config.Places;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.stream.Chunk;
import io.trinity.vsa.Hypervector;
import io.trinity.vsa.VectorSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The open windows of one stream: one for each key, spans of event time without overlap. A window
 * closes when a chunk of a later span comes, or one of a modality too many; one that comes late
 * joins the open window. Bounded in memory, whatever comes. Confined to one thread.
 */
final class Windows {
    /** Keys that are open at once; one more closes the one that was opened first. */
    static final int MAX_OPEN = 64;

    /** Bytes of vectors that all of them hold; more close those that were opened first. */
    static final long MAX_BYTES = 32 << 20;

    /** Attribute of a chunk that names its key; the stream's name where it has none. */
    static final String KEY = "key";

    private static final int MAX_KEY_LENGTH = 256;

    private final Map<String, OpenWindow> open = new LinkedHashMap<>();
    private final long spanNanos;
    private final KeptMemory kept;
    private long bytes;

    /**
     * @param kept where what is held is counted
     */
    Windows(long spanNanos, KeptMemory kept) {
        this.spanNanos = spanNanos;
        this.kept = kept;
    }

    static String key(Chunk c) {
        String key =
                c.attributes().stream()
                        .filter(a -> a.name().equals(KEY) && !a.value().isEmpty())
                        .map(Chunk.Attribute::value)
                        .findFirst()
                        .orElse(c.stream());
        return key.length() > MAX_KEY_LENGTH ? key.substring(0, MAX_KEY_LENGTH) : key;
    }

    /** A chunk joins; gives the windows that it closed. */
    List<OpenWindow> join(Chunk c, VectorSpace space, Hypervector vector) throws StreamEnded {
        String key = key(c);
        long start = startNanos(c.eventTimeNanos());
        List<OpenWindow> closed = new ArrayList<>();
        OpenWindow there = open.get(key);
        if (there != null && (start > there.startNanos() || !there.takes(c.modality()))) {
            closed.add(close(there));
            there = null;
        }
        if (there == null && open.size() == MAX_OPEN) {
            closed.add(close(open.values().iterator().next()));
        }
        OpenWindow joined = there;
        while (bytes + vector.bytes() > MAX_BYTES) {
            Optional<OpenWindow> oldest =
                    open.values().stream().filter(w -> w != joined).findFirst();
            if (oldest.isEmpty()) {
                break;
            }
            closed.add(close(oldest.get()));
        }
        if (there == null) {
            there = new OpenWindow(key, start);
            open.put(key, there);
        }
        add(there, space, c.modality(), vector);
        return closed;
    }

    private void add(OpenWindow to, VectorSpace space, String modality, Hypervector vector)
            throws StreamEnded {
        if (!kept.take(vector.bytes())) {
            throw new StreamEnded(
                    new StageRun.Failure(
                            "",
                            ErrorCode.LIMIT_TOTAL_MEMORY,
                            "no room for %s bytes of an open window: %s; unload a plugin, raise totalMemoryBytes in %s, or switch the fusion off"
                                    .formatted(
                                            vector.bytes(),
                                            kept.refusal(vector.bytes()),
                                            Places.of("io.trinity.limits"))));
        }
        int bundled = to.add(space, modality, vector);
        long fewer = (long) bundled * vector.bytes();
        bytes += vector.bytes() - fewer;
        kept.give(fewer);
    }

    private OpenWindow close(OpenWindow w) {
        open.remove(w.key());
        bytes -= w.bytes();
        kept.give(w.bytes());
        return w;
    }

    /** The stream has ended: closes one after the other. */
    Optional<OpenWindow> close() {
        return open.values().stream().findFirst().map(this::close);
    }

    /** First instant of the span that a time is in; no span begins before time does. */
    private long startNanos(long time) {
        long into = Math.floorMod(time, spanNanos);
        return time < Long.MIN_VALUE + into ? Long.MIN_VALUE : time - into;
    }

    /** First instant after a window; none ends after time does. */
    long endNanos(OpenWindow w) {
        long end = Math.floorDiv(w.startNanos(), spanNanos) * spanNanos + spanNanos;
        return end <= w.startNanos() ? Long.MAX_VALUE : end;
    }
}
