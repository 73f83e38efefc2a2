package io.trinity.api.plugin;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a plugin is: a world of WIT, whose exports it must have. Five come with the contract; others
 * are brought by bundles, as {@link io.trinity.api.world.ExtensionDefinition}.
 *
 * @param label the name in manifests and service properties, {@code pipeline_stage}: 1 to 64 of
 *     {@code a-z 0-9 _}
 */
public record ExtensionType(String label) {
    private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*");
    private static final int MAX_LABEL = 64;

    public static final ExtensionType MODALITY_HANDLER = new ExtensionType("modality_handler");
    public static final ExtensionType PIPELINE_STAGE = new ExtensionType("pipeline_stage");
    public static final ExtensionType AGENT_BEHAVIOR = new ExtensionType("agent_behavior");
    public static final ExtensionType METRIC_COLLECTOR = new ExtensionType("metric_collector");
    public static final ExtensionType STORAGE_BACKEND = new ExtensionType("storage_backend");

    /** Those that come with the contract. */
    public static final List<ExtensionType> CONTRACT =
            List.of(
                    MODALITY_HANDLER,
                    PIPELINE_STAGE,
                    AGENT_BEHAVIOR,
                    METRIC_COLLECTOR,
                    STORAGE_BACKEND);

    public ExtensionType {
        if (label.length() > MAX_LABEL || !LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException(
                    "a type of plugins is words of a-z 0-9, joined by _, at most " + MAX_LABEL);
        }
    }

    /** The world of WIT: {@code pipeline-stage}. */
    public String world() {
        return label.replace('_', '-');
    }

    /** The type with that label, whether there is one or not; nothing where it is no label. */
    public static Optional<ExtensionType> byLabel(String label) {
        return label.length() <= MAX_LABEL && LABEL.matcher(label).matches()
                ? Optional.of(new ExtensionType(label))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return label;
    }
}
