package io.trinity.shell;

import io.trinity.api.stream.Chunk;
import io.trinity.api.text.Escaped;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chunks, for people and for programs. */
final class ChunkText {
    private ChunkText() {}

    /** A heading, the attributes and, quoted, the payload of each. */
    static String of(List<Chunk> chunks) {
        if (chunks.isEmpty()) {
            return "no chunks\n";
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < chunks.size(); i++) {
            Chunk c = chunks.get(i);
            out.append(
                    String.format(
                            "chunk %s of %s: %s, %s, %s bytes%n",
                            i + 1,
                            chunks.size(),
                            Escaped.line(c.modality()),
                            c.contentType().isEmpty()
                                    ? "no content type"
                                    : Escaped.line(c.contentType()),
                            c.payload().length));
            for (Chunk.Attribute a : c.attributes()) {
                out.append(Escaped.line("  " + a.name() + " = " + a.value())).append('\n');
            }
            out.append(Escaped.quoted(Printable.of(c.payload())));
        }
        return out.toString();
    }

    /** The fields of one chunk; {@code text} is there where the payload is printable. */
    static Map<String, Object> fields(Chunk c) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("modality", c.modality());
        fields.put("contentType", c.contentType());
        fields.put("stream", c.stream());
        fields.put("sequence", c.sequence());
        fields.put("eventTimeNanos", c.eventTimeNanos());
        fields.put("last", c.last());
        fields.put(
                "attributes",
                c.attributes().stream()
                        .map(a -> Map.of("name", a.name(), "value", a.value()))
                        .toList());
        Printable.text(c.payload()).ifPresent(t -> fields.put("text", t));
        fields.put("payloadBase64", Base64.getEncoder().encodeToString(c.payload()));
        return fields;
    }
}
