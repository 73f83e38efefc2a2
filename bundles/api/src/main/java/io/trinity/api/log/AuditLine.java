package io.trinity.api.log;

import io.trinity.api.text.Escaped;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One event of the audit log, for the logger {@link #LOGGER}: {@code event=E key=value … by=WHO} on
 * one line. A value that is more than a plain word is quoted, and what could end a line, a quote or
 * a terminal's patience is escaped in it: whoever chooses a value can forge neither a line nor
 * another key. Confined to one thread.
 */
public final class AuditLine {
    /** The audit log's logger; a distribution gives it a file of its own. */
    public static final String LOGGER = "io.trinity.audit";

    /** Most characters of a value; what is cut ends in {@code …}. */
    static final int MAX_VALUE = 1024;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/@+,*\\[\\]-]+");

    private final StringBuilder line = new StringBuilder();
    private @Nullable String asker;

    private AuditLine(String event) {
        line.append("event=").append(event);
    }

    /**
     * Begins a line.
     *
     * @param event one word
     */
    public static AuditLine of(String event) {
        return new AuditLine(event);
    }

    /** Adds a value. The key is one word, chosen by the host. */
    public AuditLine with(String key, Object value) {
        line.append(' ').append(key).append('=').append(quoted(String.valueOf(value)));
        return this;
    }

    /** Says who asked, where the present thread does not know. */
    public AuditLine by(String who) {
        asker = who;
        return this;
    }

    /** The line so far, with who asked for what the present thread does. */
    @Override
    public String toString() {
        return line + " by=" + quoted(asker == null ? Asker.now() : asker);
    }

    private static String quoted(String value) {
        if (value.length() <= MAX_VALUE && PLAIN.matcher(value).matches()) {
            return value;
        }
        boolean cut = value.codePointCount(0, value.length()) > MAX_VALUE;
        String kept = cut ? value.substring(0, value.offsetByCodePoints(0, MAX_VALUE)) : value;
        return '"'
                + Escaped.line(kept.replace("\\", "\\\\").replace("\"", "\\\""))
                + (cut ? "…\"" : "\"");
    }
}
