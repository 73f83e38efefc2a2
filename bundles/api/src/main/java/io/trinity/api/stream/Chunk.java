package io.trinity.api.stream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One piece of a stream: {@code record chunk} of the contract.
 *
 * @param payload 0 to 65,536 bytes; not copied, must not be changed
 * @param contentType media type, such as {@code text/plain;charset=utf-8}; empty for unknown, at
 *     most 256 characters of printable ASCII
 * @param modality {@code text}, {@code vision}, {@code voice}, {@code data} or a plugin's own;
 *     empty for unknown, else 1 to 64 of {@code a-z 0-9 - . _}
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

    /** Most characters of a content type. */
    public static final int MAX_CONTENT_TYPE = 256;

    /** Most characters of a modality. */
    public static final int MAX_MODALITY = 64;

    /** What all of the bounds are, for those who made a chunk that keeps them not. */
    public static final String BOUNDS =
            "a chunk has at most 65536 bytes of payload, 32 attributes and 4 KiB of them, a content"
                + " type of at most 256 characters of printable ASCII, and a modality of at most 64"
                + " of a-z 0-9 - . _";

    public Chunk {
        Objects.requireNonNull(payload, "payload");
        requireContentType(contentType);
        requireModality(modality);
        attributes = List.copyOf(attributes);
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "payload of " + payload.length + " bytes exceeds " + MAX_PAYLOAD_BYTES);
        }
        requireFew(attributes, "attributes");
    }

    /** Windows have notes as chunks have attributes. */
    static void requireFew(List<Attribute> pairs, String what) {
        if (pairs.size() > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException(
                    pairs.size() + " " + what + " exceed " + MAX_ATTRIBUTES);
        }
        int bytes = 0;
        for (Attribute a : pairs) {
            bytes += a.name.getBytes(StandardCharsets.UTF_8).length;
            bytes += a.value.getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MAX_ATTRIBUTE_BYTES) {
            throw new IllegalArgumentException(
                    what + " of " + bytes + " bytes exceed " + MAX_ATTRIBUTE_BYTES);
        }
    }

    private static void requireContentType(String text) {
        if (text.length() > MAX_CONTENT_TYPE) {
            throw new IllegalArgumentException(
                    "content type of " + text.length() + " characters exceeds " + MAX_CONTENT_TYPE);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "content type has U+%04X at %s, which is not printable ASCII",
                                (int) c,
                                i));
            }
        }
    }

    private static void requireModality(String text) {
        if (text.length() > MAX_MODALITY) {
            throw new IllegalArgumentException(
                    "modality of " + text.length() + " characters exceeds " + MAX_MODALITY);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean named = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "-._".indexOf(c) >= 0;
            if (!named) {
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "modality has U+%04X at %s, which is none of a-z 0-9 - . _",
                                (int) c,
                                i));
            }
        }
    }

    /**
     * With what is empty or 0 here taken over: content type, modality and event time; and of its
     * stream.
     */
    public Chunk inheriting(Chunk from) {
        return new Chunk(
                payload,
                contentType.isEmpty() ? from.contentType : contentType,
                modality.isEmpty() ? from.modality : modality,
                from.stream,
                attributes,
                sequence,
                eventTimeNanos == 0 ? from.eventTimeNanos : eventTimeNanos,
                last);
    }

    /** At another place in its stream. */
    public Chunk numbered(long place, boolean isLast) {
        return new Chunk(
                payload, contentType, modality, stream, attributes, place, eventTimeNanos, isLast);
    }

    /** A name and its value. */
    public record Attribute(String name, String value) {
        public Attribute {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
        }
    }
}
