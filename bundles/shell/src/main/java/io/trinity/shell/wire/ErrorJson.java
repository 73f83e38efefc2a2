package io.trinity.shell.wire;

import io.trinity.api.text.Escaped;
import java.util.regex.Pattern;

/**
 * Errors for programs: {@code {"error":{"code":"NOT_FOUND","message":"…"}}}, on one line. Written
 * by hand, since the client starts faster without a library.
 */
public final class ErrorJson {
    // A word of its own; what stands within quotes counts too, and costs nobody anything.
    private static final Pattern ASKED = Pattern.compile("(^|\\s)--json($|[\\s;|&)}])");

    private ErrorJson() {}

    /** Whether a line asks for JSON, and so for errors in it. */
    public static boolean isAskedBy(String line) {
        return ASKED.matcher(line).find();
    }

    /**
     * The object, without a line break.
     *
     * @param code an error's code, or a word in capitals for what has none
     */
    public static String of(String code, String message) {
        return Escaped.json(
                "{\"error\":{\"code\":" + quoted(code) + ",\"message\":" + quoted(message) + "}}");
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    out.append(c);
                }
            }
        }
        return out.append('"').toString();
    }
}
