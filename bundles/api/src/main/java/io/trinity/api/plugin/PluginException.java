package io.trinity.api.plugin;

import io.trinity.api.text.Escaped;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something a plugin did, is, or may not do; or, as {@link ErrorCode#INTERNAL}, that the host
 * failed while it served one. {@link #code} says which, and there are no subclasses.
 *
 * <p>The message has four parts: who (the plugin), what, actual against allowed, and what to do, as
 * in {@code plugin 'resize' 1.2.0: memory.grow to 300 pages exceeds the limit of 256 (16 MiB);
 * raise memoryBytes in conf/io.trinity.plugin-resize.cfg}. All of it is {@linkplain Escaped#line
 * escaped}, whatever strangers wrote into its parts, and stands on one line.
 */
public final class PluginException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String who;
    private final transient @Nullable PluginRef plugin;
    private final String detail;
    private final String remedy;

    private PluginException(
            ErrorCode code,
            PluginRef plugin,
            String detail,
            String remedy,
            @Nullable Throwable cause) {
        super(Escaped.line(detail), cause);
        this.code = Objects.requireNonNull(code, "code");
        this.plugin = plugin;
        this.who = Escaped.line(plugin.toString());
        this.detail = Escaped.line(detail);
        this.remedy = Escaped.line(remedy);
    }

    /** The stable code. */
    public ErrorCode code() {
        return code;
    }

    /** Whose fault it is told of. */
    public PluginRef plugin() {
        PluginRef p = plugin;
        if (p == null) {
            throw new IllegalStateException("it was sent elsewhere, where plugins are not known");
        }
        return p;
    }

    /** Who, what and what to do, in one line. */
    @Override
    public String getMessage() {
        return who + ": " + detail + (remedy.isEmpty() ? "" : "; " + remedy);
    }

    /** What happened, actual against allowed, without who and remedy. */
    public String detail() {
        return detail;
    }

    /** What an operator or author can do about it; may be empty. */
    public String remedy() {
        return remedy;
    }

    /**
     * What a plugin did, is, or may not do.
     *
     * @param who did it
     * @param detail what, actual against allowed
     * @param remedy what an operator or author can do about it; empty for nothing
     */
    public static PluginException of(
            ErrorCode code,
            PluginRef who,
            String detail,
            String remedy,
            @Nullable Throwable cause) {
        return new PluginException(code, who, detail, remedy, cause);
    }

    /**
     * GUEST_ERROR: what a plugin was asked for it refused, in its own words. They stand quoted, so
     * that no plugin's words pass for the host's.
     *
     * @param what it refused, as in {@code it refused}
     */
    public static PluginException refused(PluginRef who, String what, String words) {
        return of(ErrorCode.GUEST_ERROR, who, refusal(what, words), "");
    }

    /** What was refused, and why in quotation marks, or that no reason was given. */
    public static String refusal(String what, String words) {
        return what + (words.isBlank() ? " and gave no reason" : ": " + Escaped.inQuotes(words));
    }

    /** {@link #of(ErrorCode, PluginRef, String, String, Throwable)} without a cause. */
    public static PluginException of(ErrorCode code, PluginRef who, String detail, String remedy) {
        return of(code, who, detail, remedy, null);
    }
}
