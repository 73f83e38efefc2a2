package io.trinity.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.stream.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

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

    /** What a guest may not return, each past one bound of a chunk, by what is told of it. */
    static Map<String, Object[]> pastBounds() {
        List<Object> pairs = new ArrayList<>();
        for (int i = 0; i <= Chunk.MAX_ATTRIBUTES; i++) {
            pairs.add(new Object[] {"n" + i, ""});
        }
        Object[] big = {"n", "x".repeat(Chunk.MAX_ATTRIBUTE_BYTES)};
        return Map.of(
                "payload of 65537 bytes exceeds 65536",
                made(new byte[Chunk.MAX_PAYLOAD_BYTES + 1], "", "", "s", List.of(), 0),
                "33 attributes exceed 32",
                made(new byte[0], "", "", "s", pairs, 0),
                "attributes of 4097 bytes exceed 4096",
                made(new byte[0], "", "", "s", list(big), 0),
                "content type of 257 characters exceeds 256",
                made(new byte[0], "t/" + "x".repeat(255), "", "s", List.of(), 0),
                "content type has U+0001 at 5, which is not printable ASCII",
                made(new byte[0], "text/\u0001", "", "s", List.of(), 0),
                "content type has U+00E4 at 7, which is not printable ASCII",
                made(new byte[0], "text/pl\u00e4in", "", "s", List.of(), 0),
                "modality of 65 characters exceeds 64",
                made(new byte[0], "", "m".repeat(65), "s", List.of(), 0),
                "modality has U+0054 at 0, which is none of a-z 0-9 - . _",
                made(new byte[0], "", "Text", "s", List.of(), 0),
                "modality has U+000A at 1, which is none of a-z 0-9 - . _",
                made(new byte[0], "", "a\nb", "s", List.of(), 0));
    }

    /** What a guest returns that has an attribute of the host's. */
    static Object[] withHosts() {
        return made(new byte[0], "", "", "s", list(new Object[] {"trinity.x", ""}), 0);
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
