package io.trinity.api.plugin;

import io.trinity.api.text.Escaped;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something a plugin did, is, or may not do. Never a defect of the host: that is an {@link
 * IllegalStateException}.
 *
 * <p>The message has four parts: who (the plugin), what, actual against allowed, and what to do, as
 * in {@code plugin 'resize' 1.2.0: memory.grow to 300 pages exceeds the limit of 256 (16 MiB);
 * raise memoryBytes in conf/io.trinity.plugin-resize.cfg}. All of it is {@linkplain Escaped#line
 * escaped}, whatever strangers wrote into its parts, and stands on one line.
 */
public abstract sealed class PluginException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient PluginRef plugin;
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
        this.detail = Escaped.line(detail);
        this.remedy = Escaped.line(remedy);
    }

    /** The stable code. */
    public ErrorCode code() {
        return code;
    }

    /** Whose fault it is told of. */
    public PluginRef plugin() {
        return plugin;
    }

    /** Who, what and what to do, in one line. */
    @Override
    public String getMessage() {
        return Escaped.line(plugin.toString())
                + ": "
                + detail
                + (remedy.isEmpty() ? "" : "; " + remedy);
    }

    /** What happened, actual against allowed, without who and remedy. */
    public String detail() {
        return detail;
    }

    /** What an operator or author can do about it; may be empty. */
    public String remedy() {
        return remedy;
    }

    /** The same error told of a plugin under another name, once its manifest has given one. */
    public static PluginException of(
            ErrorCode code,
            PluginRef who,
            String detail,
            String remedy,
            @Nullable Throwable cause) {
        return switch (code) {
            case FILE_UNREADABLE, FILE_TOO_LARGE, FILE_KIND, NAME_TAKEN ->
                    new FileRejected(code, who, detail, remedy, cause);
            case MANIFEST_MISSING,
                    MANIFEST_INVALID,
                    CONTRACT_VERSION,
                    MODULE_MALFORMED,
                    MODULE_COMPONENT,
                    MODULE_FEATURE ->
                    new Malformed(code, who, detail, remedy, cause);
            case TYPE_UNKNOWN, IMPORT_UNKNOWN, IMPORT_SIGNATURE, EXPORT_MISSING, EXPORT_SIGNATURE ->
                    new Unlinkable(code, who, detail, remedy, cause);
            case CAPABILITY_UNDECLARED, CAPABILITY_DENIED ->
                    new CapabilityDenied(code, who, detail, remedy, cause);
            case LIMIT_MODULE,
                    LIMIT_PLUGINS,
                    LIMIT_MEMORY,
                    LIMIT_TOTAL_MEMORY,
                    LIMIT_BUSY,
                    LIMIT_CPU,
                    LIMIT_FUEL,
                    LIMIT_TIME,
                    LIMIT_STACK,
                    LIMIT_HOST_CALLS,
                    LIMIT_RESTARTS,
                    LIMIT_CHUNKS,
                    LIMIT_HOOK_DEPTH,
                    LIMIT_HOOKS,
                    LIMIT_DEPENDENCIES ->
                    new LimitExceeded(code, who, detail, remedy, cause);
            case DEPENDENCY_MISSING, DEPENDENCY_CONFLICT, DEPENDENCY_CYCLE ->
                    new DependencyUnsatisfied(code, who, detail, remedy, cause);
            case GUEST_TRAP, GUEST_ABI, GUEST_ERROR, HOOK_VETO ->
                    new GuestTrap(code, who, detail, remedy, cause);
            case PAUSED,
                    QUARANTINED,
                    NOT_ACTIVE,
                    STAGE_MISSING,
                    HOOK_REQUIRED,
                    NOT_FOUND,
                    ILLEGAL_TRANSITION ->
                    new Unavailable(code, who, detail, remedy, cause);
            case RELOAD_REFUSED,
                    COMPILER_FAILED,
                    BUNDLE_FAILED,
                    STORE_FAILED,
                    INPUT_ABANDONED,
                    CONFIG_INVALID,
                    INTERNAL ->
                    new HostRefused(code, who, detail, remedy, cause);
        };
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

    /** The file itself: unreadable, too large, not a file, its name taken. */
    public static final class FileRejected extends PluginException {
        private static final long serialVersionUID = 1L;

        private FileRejected(ErrorCode c, PluginRef p, String d, String r, @Nullable Throwable t) {
            super(c, p, d, r, t);
        }
    }

    /** A plugin that it depends on is missing, of another version, or depends on it. */
    public static final class DependencyUnsatisfied extends PluginException {
        private static final long serialVersionUID = 1L;

        private DependencyUnsatisfied(
                ErrorCode c, PluginRef p, String d, String r, @Nullable Throwable t) {
            super(c, p, d, r, t);
        }
    }

    /** The module or its manifest is not what the contract asks for. */
    public static final class Malformed extends PluginException {
        private static final long serialVersionUID = 1L;

        private Malformed(ErrorCode c, PluginRef p, String d, String r, @Nullable Throwable t) {
            super(c, p, d, r, t);
        }
    }

    /** An import or export does not fit. */
    public static final class Unlinkable extends PluginException {
        private static final long serialVersionUID = 1L;

        private Unlinkable(ErrorCode c, PluginRef p, String d, String r, @Nullable Throwable t) {
            super(c, p, d, r, t);
        }
    }

    /** A capability that is not declared or not granted. */
    public static final class CapabilityDenied extends PluginException {
        private static final long serialVersionUID = 1L;

        private CapabilityDenied(
                ErrorCode c, PluginRef p, String d, String r, @Nullable Throwable t) {
            super(c, p, d, r, t);
        }
    }

    /** A limit was reached. */
    public static final class LimitExceeded extends PluginException {
        private static final long serialVersionUID = 1L;

        private LimitExceeded(ErrorCode c, PluginRef p, String d, String r, @Nullable Throwable t) {
            super(c, p, d, r, t);
        }
    }

    /** The guest trapped or lied; its instance is thrown away. */
    public static final class GuestTrap extends PluginException {
        private static final long serialVersionUID = 1L;

        private GuestTrap(ErrorCode c, PluginRef p, String d, String r, @Nullable Throwable t) {
            super(c, p, d, r, t);
        }
    }

    /** The plugin cannot be called, or not be brought into that state, at the moment. */
    public static final class Unavailable extends PluginException {
        private static final long serialVersionUID = 1L;

        private Unavailable(ErrorCode c, PluginRef p, String d, String r, @Nullable Throwable t) {
            super(c, p, d, r, t);
        }
    }

    /** The host could not do its part. */
    public static final class HostRefused extends PluginException {
        private static final long serialVersionUID = 1L;

        private HostRefused(ErrorCode c, PluginRef p, String d, String r, @Nullable Throwable t) {
            super(c, p, d, r, t);
        }
    }
}
