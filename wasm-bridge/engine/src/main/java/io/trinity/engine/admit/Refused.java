package io.trinity.engine.admit;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.util.Locale;

/** A module is not admitted. Becomes a {@link PluginException} where the plugin's name is known. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String remedy;

    public Refused(ErrorCode code, String detail, String remedy) {
        super(detail, null, false, false);
        this.code = code;
        this.remedy = remedy;
    }

    static Refused malformed(String detail, int offset) {
        return new Refused(
                ErrorCode.MODULE_MALFORMED,
                "not a WebAssembly module: " + detail + " at byte " + offset,
                "build it again");
    }

    static Refused feature(String name, String where) {
        return new Refused(
                ErrorCode.MODULE_FEATURE,
                "uses " + name + " (" + where + "), which is not admitted",
                "build it without that feature");
    }

    /** A count above what is admitted. */
    public static Refused limit(String what, long actual, long allowed) {
        return new Refused(
                ErrorCode.LIMIT_MODULE,
                String.format(Locale.ROOT, "%s: %,d, admitted are %,d", what, actual, allowed),
                "make the module smaller");
    }

    public ErrorCode code() {
        return code;
    }

    public String remedy() {
        return remedy;
    }

    /** As told of a plugin. */
    public PluginException of(PluginRef who) {
        return PluginException.of(code, who, String.valueOf(getMessage()), remedy);
    }
}
