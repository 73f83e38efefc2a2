package io.trinity.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Content type and modality of a file by its name, and an ending for a content type. Pure. */
final class MediaTypes {
    private static final int MAX_NAME_BYTES = 200;
    private static final String UNKNOWN = "application/octet-stream";

    private static final Map<String, String> BY_ENDING =
            Map.ofEntries(
                    Map.entry("txt", "text/plain;charset=utf-8"),
                    Map.entry("md", "text/markdown;charset=utf-8"),
                    Map.entry("csv", "text/csv;charset=utf-8"),
                    Map.entry("html", "text/html;charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("xml", "application/xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("jpeg", "image/jpeg"),
                    Map.entry("gif", "image/gif"),
                    Map.entry("bmp", "image/bmp"),
                    Map.entry("pgm", "image/x-portable-graymap"),
                    Map.entry("ppm", "image/x-portable-pixmap"),
                    Map.entry("wav", "audio/wav"),
                    Map.entry("ogg", "audio/ogg"),
                    Map.entry("flac", "audio/flac"),
                    Map.entry("mp3", "audio/mpeg"),
                    Map.entry("pcd", "application/vnd.pcd"),
                    Map.entry("bin", UNKNOWN));

    private MediaTypes() {}

    /** By the file's ending; {@code application/octet-stream} where it says nothing. */
    static String contentType(String fileName) {
        int dot = fileName.lastIndexOf('.');
        String ending = dot < 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
        return BY_ENDING.getOrDefault(ending, UNKNOWN);
    }

    /** {@code text}, {@code vision}, {@code voice} or {@code data}. */
    static String modality(String contentType) {
        return switch (contentType.substring(0, contentType.indexOf('/'))) {
            case "text" -> "text";
            case "image" -> "vision";
            case "audio" -> "voice";
            default -> "data";
        };
    }

    /**
     * Name of a result: that of the input, with an ending added where the content is of another
     * type.
     *
     * @param contentType of the result; empty for unknown
     */
    static String resultName(String inputName, String contentType) {
        String plain = essence(contentType);
        if (plain.isEmpty() || plain.equals(essence(contentType(inputName)))) {
            return inputName;
        }
        return BY_ENDING.entrySet().stream()
                .filter(e -> essence(e.getValue()).equals(plain))
                .map(Map.Entry::getKey)
                .sorted(
                        (a, b) ->
                                a.length() != b.length() ? a.length() - b.length() : a.compareTo(b))
                .findFirst()
                .map(ending -> inputName + "." + ending)
                .orElse(inputName + ".out");
    }

    /** Name of the file that tells of a result, chunk by chunk. */
    static String linesName(String result) {
        return result + ".jsonl";
    }

    /** {@code a~2.txt} for {@code a.txt} and 2: the ending says what it is. */
    static String numbered(String name, int number) {
        int dot = name.lastIndexOf('.');
        return dot <= 0
                ? name + "~" + number
                : name.substring(0, dot) + "~" + number + name.substring(dot);
    }

    /** The name itself, or the beginning of one that leaves no room for an ending, made unique. */
    static String shortened(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES) {
            return name;
        }
        StringBuilder begin = new StringBuilder();
        int bytes = 0;
        for (int c : name.codePoints().toArray()) {
            bytes += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_NAME_BYTES - 9) {
                break;
            }
            begin.appendCodePoint(c);
        }
        return begin + String.format(Locale.ROOT, "~%08x", name.hashCode());
    }

    /**
     * A stream's name from a file's: 1 to 64 of {@code a-z 0-9 - . _}, as the contract wants it.
     */
    static String streamName(String fileName) {
        String plain = fileName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-");
        return plain.isEmpty() ? "-" : plain.substring(0, Math.min(64, plain.length()));
    }

    static String essence(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .trim()
                .toLowerCase(Locale.ROOT);
    }
}
