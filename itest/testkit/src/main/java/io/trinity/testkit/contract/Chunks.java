package io.trinity.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.stream.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Chunks for the suites, and as a guest makes them. */
final class Chunks {
    private Chunks() {}

    /** A chunk in which nothing is empty. */
    static Chunk full(String text, long sequence) {
        return new Chunk(
                text.getBytes(StandardCharsets.UTF_8),
                "text/plain",
                "text",
                "a-stream",
                List.of(new Chunk.Attribute("k", "v"), new Chunk.Attribute("k", "v2")),
                sequence,
                1_000 + sequence,
                false);
    }

    /** What a guest returns that leaves everything but the payload empty. */
    static Object[] bare(String payload) {
        return made(payload.getBytes(StandardCharsets.UTF_8), "", "", "", List.of(), 0);
    }

    static Object[] made(
            byte[] payload,
            String contentType,
            String modality,
            String stream,
            List<?> attributes,
            long eventTimeNanos) {
        return new Object[] {
            payload, contentType, modality, stream, attributes, 0L, eventTimeNanos, false
        };
    }

    /** Results of a guest that each break one bound of a chunk, and a word of what is told. */
    static List<Object[]> broken() {
        List<Object> pairs = new ArrayList<>();
        for (int i = 0; i <= Chunk.MAX_ATTRIBUTES; i++) {
            pairs.add(new Object[] {"n" + i, ""});
        }
        Object[] big = {"n", "x".repeat(Chunk.MAX_ATTRIBUTE_BYTES)};
        return List.of(
                made(new byte[Chunk.MAX_PAYLOAD_BYTES + 1], "", "", "s", List.of(), 0),
                made(new byte[0], "", "", "s", pairs, 0),
                made(new byte[0], "", "", "s", list(big), 0),
                made(new byte[0], "t/" + "x".repeat(255), "", "s", List.of(), 0),
                made(new byte[0], "text/\u0001", "", "s", List.of(), 0),
                made(new byte[0], "text/pl\u00e4in", "", "s", List.of(), 0),
                made(new byte[0], "", "m".repeat(65), "s", List.of(), 0),
                made(new byte[0], "", "Text", "s", List.of(), 0),
                made(new byte[0], "", "a\nb", "s", List.of(), 0),
                made(new byte[0], "", "", "s", list(new Object[] {"trinity.x", ""}), 0));
    }

    /** What a guest returns. */
    static List<Object> list(Object[]... values) {
        return List.<Object>copyOf(Arrays.asList(values));
    }

    static String text(Chunk chunk) {
        return new String(chunk.payload(), StandardCharsets.UTF_8);
    }

    /** The WIT value is the chunk, field by field. */
    static void assertSame(Chunk expected, Object value) {
        Object[] f = (Object[]) value;
        assertArrayEquals(expected.payload(), (byte[]) f[0]);
        assertEquals(expected.contentType(), f[1]);
        assertEquals(expected.modality(), f[2]);
        assertEquals(expected.stream(), f[3]);
        List<Chunk.Attribute> attributes = new ArrayList<>();
        for (Object pair : (List<?>) f[4]) {
            Object[] p = (Object[]) pair;
            attributes.add(new Chunk.Attribute((String) p[0], (String) p[1]));
        }
        assertEquals(expected.attributes(), attributes);
        assertEquals(expected.sequence(), f[5]);
        assertEquals(expected.eventTimeNanos(), f[6]);
        assertEquals(expected.last(), f[7]);
    }
}
