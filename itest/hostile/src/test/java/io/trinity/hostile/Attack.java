package io.trinity.hostile;

import io.trinity.api.plugin.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * One hostile module and what must become of it.
 *
 * @param name of {@code a-z 0-9 -}; the plugin is {@code hostile-NAME}
 * @param what it attacks, in one sentence
 * @param expected names of error codes, or {@link #SERVES}; any one of them
 * @param stage where it must be stopped
 * @param manifest more fields of the manifest, as JSON without the braces; or empty
 * @param limits keys of the plugin's configuration, where the defaults are not meant
 * @param file the module, or with {@link #WHOLE_FILE} the file as it is dropped
 */
record Attack(
        String name,
        String what,
        List<String> expected,
        Stage stage,
        String manifest,
        Map<String, String> limits,
        Supplier<byte[]> file) {
    Attack {
        for (String code : expected) {
            if (!code.equals(Attack.SERVES)) {
                ErrorCode.valueOf(code);
            }
        }
    }

    /** It is let in and answers, because its limits hold without an error. */
    static final String SERVES = "SERVES";

    /** Of the suite's host: start functions that never end shall not take longer than needed. */
    static final String INIT_MILLIS = "200";

    private static final String DEFAULT_CPU_MILLIS = "100";

    /** In place of more fields of a manifest: the file has one, or shall have none. */
    static final String WHOLE_FILE = "-";

    /** How far it may come. */
    enum Stage {
        ADMISSION,
        COMPILE,
        INSTANTIATION,
        CALL
    }

    /**
     * What became of it.
     *
     * @param code name of an error code, or {@link #SERVES}
     * @param millis from when the file was in place, or from when the call was made
     */
    record Outcome(String code, Stage stage, String message, long millis) {}

    /** A module that must be stopped with one of these codes, separated by {@code or}. */
    static Attack of(String name, String what, String codes, Stage stage, Supplier<byte[]> file) {
        return new Attack(name, what, List.of(codes.split(" or ")), stage, "", Map.of(), file);
    }

    Attack withManifest(String fields) {
        return new Attack(name, what, expected, stage, fields, limits, file);
    }

    /** Names of all its plugins: a round has its own, so that what is kept for a name is seen. */
    String plugin(int round) {
        return "hostile-" + name + "-" + round;
    }

    /** The file to drop. */
    byte[] plugin(String plugin) {
        if (manifest.equals(WHOLE_FILE)) {
            return file.get();
        }
        String type = manifest.contains("\"type\"") ? "" : ", \"type\": \"pipeline_stage\"";
        String more = manifest.isEmpty() ? "" : ", " + manifest;
        return ModuleBuilder.withManifest(
                file.get(),
                "{\"manifest\": 1, \"name\": \"%s\", \"version\": \"1.0.0\"%s%s}"
                        .formatted(plugin, type, more));
    }

    /** Milliseconds of CPU time that a call may use. */
    double cpuMillis() {
        return Double.parseDouble(limits.getOrDefault("cpuMillis", DEFAULT_CPU_MILLIS));
    }

    /**
     * Milliseconds that a call may take. Where nothing else is configured, those of CPU time: who
     * does not wait takes no longer on a quiet machine, and the suite's own limit is for busy ones.
     */
    double wallMillis() {
        return limits.containsKey("wallMillis")
                ? Double.parseDouble(limits.get("wallMillis"))
                : cpuMillis();
    }

    /** Milliseconds that initialisation may take. */
    double initMillis() {
        return Double.parseDouble(limits.getOrDefault("initMillis", INIT_MILLIS));
    }

    /** The configuration file's text; empty if it needs none. */
    String configuration() {
        StringBuilder text = new StringBuilder();
        for (String key : new TreeSet<>(limits.keySet())) {
            text.append(key).append('=').append(limits.get(key)).append('\n');
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
