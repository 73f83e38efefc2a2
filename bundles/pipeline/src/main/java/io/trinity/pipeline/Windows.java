package io.trinity.pipeline;

import io.trinity.api.stream.Chunk;
import io.trinity.vsa.Hypervector;
import io.trinity.vsa.VectorSpace;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The open windows of one stream: one for each key, spans of event time without overlap. A window
 * closes when a chunk of a later span comes; one that comes late joins the open window. Pure.
 */
final class Windows {
    /** Keys that are open at once; one more closes the one that was opened first. */
    static final int MAX_OPEN = 64;

    /** Attribute of a chunk that names its key; the stream's name where it has none. */
    static final String KEY = "key";

    private static final int MAX_KEY_LENGTH = 256;

    private final Map<String, OpenWindow> open = new LinkedHashMap<>();
    private final long spanNanos;

    Windows(long spanNanos) {
        this.spanNanos = spanNanos;
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

    /** A chunk joins; gives the window that it closed. */
    Optional<OpenWindow> join(Chunk c, VectorSpace space, Hypervector vector) {
        String key = key(c);
        long start = Math.floorDiv(c.eventTimeNanos(), spanNanos) * spanNanos;
        OpenWindow there = open.get(key);
        Optional<OpenWindow> closed = Optional.empty();
        if (there != null && start > there.startNanos()) {
            closed = Optional.of(there);
            open.remove(key);
            there = null;
        }
        if (there == null) {
            if (open.size() == MAX_OPEN) {
                Iterator<OpenWindow> oldest = open.values().iterator();
                closed = Optional.of(oldest.next());
                oldest.remove();
            }
            there = new OpenWindow(key, start);
            open.put(key, there);
        }
        there.add(space, c.modality(), vector);
        return closed;
    }

    /** The stream has ended: closes all. */
    List<OpenWindow> end() {
        List<OpenWindow> all = new ArrayList<>(open.values());
        open.clear();
        return all;
    }

    long spanNanos() {
        return spanNanos;
    }
}
