package io.trinity.api.stream;

import io.trinity.api.text.Escaped;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Chunk} as the WIT value of {@code record chunk}: an {@code Object[]} with the fields in
 * the contract's order. Source: {@code plugin.wit}, interface types.
 */
public final class ChunkFields {
    private ChunkFields() {}

    /** The WIT value of a chunk. */
    public static Object[] of(Chunk c) {
        List<Object> pairs = new ArrayList<>(c.attributes().size());
        for (Chunk.Attribute a : c.attributes()) {
            pairs.add(new Object[] {a.name(), a.value()});
        }
        return new Object[] {
            c.payload(),
            c.contentType(),
            c.modality(),
            c.stream(),
            pairs,
            c.sequence(),
            c.eventTimeNanos(),
            c.last()
        };
    }

    /** The WIT values of chunks. */
    public static List<Object> ofAll(List<Chunk> chunks) {
        List<Object> values = new ArrayList<>(chunks.size());
        for (Chunk c : chunks) {
            values.add(of(c));
        }
        return values;
    }

    /**
     * The chunk that a WIT value stands for.
     *
     * @throws IllegalArgumentException if payload or attributes exceed the contract's bounds
     */
    public static Chunk chunk(Object value) {
        Object[] f = (Object[]) value;
        List<Chunk.Attribute> attributes = new ArrayList<>();
        for (Object pair : (List<?>) f[4]) {
            Object[] p = (Object[]) pair;
            attributes.add(new Chunk.Attribute((String) p[0], (String) p[1]));
        }
        return new Chunk(
                (byte[]) f[0],
                (String) f[1],
                (String) f[2],
                (String) f[3],
                attributes,
                (Long) f[5],
                (Long) f[6],
                (Boolean) f[7]);
    }

    /**
     * The chunks that a plugin made, as a WIT list.
     *
     * @param given what it was called with
     * @throws IllegalArgumentException as {@link #chunk}, and if one has an attribute of the host's
     *     that was not given: it may be passed on or left out, and not made or changed
     */
    public static List<Chunk> made(Object list, List<Chunk> given) {
        List<Chunk> chunks = chunks(list);
        for (Chunk made : chunks) {
            for (Chunk.Attribute a : made.attributes()) {
                requireOwn(a, given);
            }
        }
        return chunks;
    }

    /**
     * That an attribute which a plugin made is none of the host's, unless it was given to it.
     *
     * @throws IllegalArgumentException if it is
     */
    public static void requireOwn(Chunk.Attribute made, List<Chunk> given) {
        if (made.name().indexOf('.') >= 0
                && given.stream().noneMatch(c -> c.attributes().contains(made))) {
            throw new IllegalArgumentException(
                    "attribute '"
                            + Escaped.line(made.name(), 64)
                            + "' has a name with a dot, which is the host's: it is passed on as it"
                            + " came, or left out");
        }
    }

    /** The chunks that a WIT list stands for. */
    public static List<Chunk> chunks(Object list) {
        List<Chunk> chunks = new ArrayList<>();
        for (Object value : (List<?>) list) {
            chunks.add(chunk(value));
        }
        return chunks;
    }
}
