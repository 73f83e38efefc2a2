package io.trinity.api.plugin;

import java.util.List;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * One plugin at one instant.
 *
 * @param name identity across versions; before a manifest was read, the file's name without {@code
 *     .wasm}
 * @param version of the serving generation, else of the refused one; 0.0.0 where unknown
 * @param type empty for a plugin that only hooks, or before a manifest was read
 * @param state see {@link PluginState}
 * @param generation number of the serving generation, from 1 and never used twice; 0 for none
 * @param bundleId of the serving generation's bundle; -1 for none
 * @param file the file's name within the plugin folder; empty where it is not known
 * @param digest SHA-256 of the serving file as 64 hexadecimal digits; empty for none
 * @param memoryBytes what the serving generation holds now
 * @param calls finished calls since the host started, over all generations
 * @param failures those of them that trapped, hit a limit or broke the contract
 * @param averageCallMicros mean wall time of the calls, in microseconds; 0 before the first
 * @param error why it is in error, or why its newest file was refused while an older generation
 *     serves
 * @param hooks labels of the hook points that it listens to
 * @param disabled it was unloaded by command: its file stays and is not loaded
 * @param warnings what is wrong and keeps nothing from working: a dependency that is gone, two
 *     hooks at one priority
 */
public record PluginSnapshot(
        String name,
        Version version,
        Optional<ExtensionType> type,
        PluginState state,
        long generation,
        long bundleId,
        String file,
        String digest,
        long memoryBytes,
        long calls,
        long failures,
        double averageCallMicros,
        Optional<Fault> error,
        List<String> hooks,
        boolean disabled,
        List<String> warnings) {
    public PluginSnapshot {
        hooks = List.copyOf(hooks);
        warnings = List.copyOf(warnings);
    }

    /**
     * Why it serves no calls, and what to do, in words: {@code it is paused; plugin:resume mask
     * lets it go on}. Nothing where it serves.
     */
    public Optional<String> whyNotServing() {
        return switch (state) {
            case ACTIVE, RELOADING -> Optional.empty();
            case PAUSED -> Optional.of("it is paused; plugin:resume " + name + " lets it go on");
            case LOADING -> Optional.of("it is being loaded; plugin:why " + name + " tells more");
            case DRAINING -> Optional.of("it is ending; plugin:load " + name + " brings it back");
            case UNLOADED ->
                    Optional.of(
                            (disabled ? "it was unloaded by command" : "it is unloaded")
                                    + "; plugin:load "
                                    + name
                                    + " brings it back");
            case ERROR -> Optional.of(whyInError());
        };
    }

    private String whyInError() {
        if (error.filter(e -> e.code() == ErrorCode.QUARANTINED).isPresent()) {
            return "it is in quarantine; plugin:why %s tells when it is tried again, plugin:retry %s does it now"
                    .formatted(name, name);
        }
        return "it is in error%s; plugin:why %s tells more"
                .formatted(error.map(e -> " by " + e.code()).orElse(""), name);
    }

    /** A recorded error. */
    public record Fault(ErrorCode code, String message) {
        /** The fault that an exception tells of. */
        public static Fault of(PluginException e) {
            return new Fault(e.code(), e.getMessage());
        }
    }
}
