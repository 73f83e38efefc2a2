package io.trinity.shell;

import io.trinity.api.plugin.Capability;
import io.trinity.api.policy.Grants.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Verdicts on capabilities, for people and for programs. */
final class VerdictText {
    private VerdictText() {}

    static String risk(Capability capability) {
        return capability.risk().name().toLowerCase(Locale.ROOT);
    }

    static String granted(Verdict verdict) {
        return verdict.granted() ? "granted" : "denied";
    }

    static String scope(Verdict verdict) {
        return verdict.scope().isEmpty() ? "-" : String.join(", ", verdict.scope());
    }

    /** {@code network (high risk) granted: BECAUSE; scope api.example.com:443}. */
    static String line(Verdict v) {
        return v.capability().label()
                + " ("
                + risk(v.capability())
                + " risk) "
                + granted(v)
                + ": "
                + v.because()
                + (v.scope().isEmpty() ? "" : "; scope " + scope(v))
                + (opensNothing(v) ? "; without a scope it opens nothing" : "");
    }

    /** Whether it is granted in vain: what it may open is not said. */
    static boolean opensNothing(Verdict v) {
        return v.granted() && v.scope().isEmpty() && v.capability().needsScope();
    }

    private static String scopeWord(Capability capability) {
        if (!capability.needsScope()) {
            return "";
        }
        return capability == Capability.NETWORK ? " HOST:PORT" : " DIRECTORY";
    }

    /** The two ways to grant what is denied: the line of configuration, and the command. */
    static List<String> remedy(String plugin, Verdict v) {
        return List.of("to grant it: " + v.grantLine(), "or: " + command(plugin, v));
    }

    /** What a grant lacks; empty where nothing. */
    static List<String> lack(String plugin, Verdict v) {
        return opensNothing(v)
                ? List.of("it opens nothing until its scope says what: " + command(plugin, v))
                : ScopeHints.of(v);
    }

    /** The same as fields of JSON; line and command are there where it is denied. */
    static Map<String, @Nullable Object> fields(String plugin, Verdict v) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("capability", v.capability().label());
        fields.put("risk", risk(v.capability()));
        fields.put("granted", v.granted());
        fields.put("because", v.because());
        fields.put("scope", v.scope());
        fields.put("grantLine", v.granted() ? null : v.grantLine());
        fields.put("grantCommand", v.granted() ? null : command(plugin, v));
        return fields;
    }

    private static String command(String plugin, Verdict v) {
        return "plugin:grant " + plugin + " " + v.capability().label() + scopeWord(v.capability());
    }
}
