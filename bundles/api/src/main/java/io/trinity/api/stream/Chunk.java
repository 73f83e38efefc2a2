package io.trinity.api.stream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * One piece of a stream: {@code record chunk} of the contract.
 *
 * @param payload 0 to 65,536 bytes; not copied, must not be changed
 * @param contentType media type, such as {@code text/plain;charset=utf-8}; empty for unknown
 * @param modality {@code text}, {@code vision}, {@code voice}, {@code data} or a plugin's own
 * @param stream name of the stream
 * @param attributes everything else that is known of it, at most 32 pairs and 4 KiB
 * @param sequence 0, 1, 2… within the stream
 * @param eventTimeNanos nanoseconds since 1970-01-01T00:00:00Z; 0 for unknown
 * @param last no chunk of this stream follows
 */
public record Chunk(
        byte[] payload,
        String contentType,
        String modality,
        String stream,
        List<Attribute> attributes,
        long sequence,
        long eventTimeNanos,
        boolean last) {
    /** Most bytes of a payload. */
    public static final int MAX_PAYLOAD_BYTES = 65_536;

    /** Most attributes of one chunk. */
    public static final int MAX_ATTRIBUTES = 32;

    /** Most UTF-8 bytes of all attributes of one chunk together. */
    public static final int MAX_ATTRIBUTE_BYTES = 4096;

    public Chunk {
        Objects.requireNonNull(payload, "payload");
        attributes = List.copyOf(attributes);
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "payload of " + payload.length + " bytes exceeds " + MAX_PAYLOAD_BYTES);
        }
        if (attributes.size() > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException(
                    attributes.size() + " attributes exceed " + MAX_ATTRIBUTES);
        }
        int bytes = 0;
        for (Attribute a : attributes) {
            bytes += a.name.getBytes(StandardCharsets.UTF_8).length;
            bytes += a.value.getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MAX_ATTRIBUTE_BYTES) {
            throw new IllegalArgumentException(
                    "attributes of " + bytes + " bytes exceed " + MAX_ATTRIBUTE_BYTES);
        }
    }

    /** A name and its value. */
    public record Attribute(String name, String value) {
        public Attribute {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
        }
    }
}
