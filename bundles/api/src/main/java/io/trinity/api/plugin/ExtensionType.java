package io.trinity.api.plugin;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a plugin is. Each type is a world of the contract, whose exports it must have. */
public enum ExtensionType {
    MODALITY_HANDLER,
    PIPELINE_STAGE,
    AGENT_BEHAVIOR,
    METRIC_COLLECTOR,
    STORAGE_BACKEND;

    /** The name in manifests and service properties: {@code pipeline_stage}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The world of the contract: {@code pipeline-stage}. */
    public String world() {
        return label().replace('_', '-');
    }

    /** The type with that label, or nothing. */
    public static Optional<ExtensionType> byLabel(String label) {
        return List.of(values()).stream().filter(t -> t.label().equals(label)).findFirst();
    }
}
