package io.trinity.api.manifest;

import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.PluginRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * A plugin's manifest, checked. The format is {@code manifest.schema.json} in {@code
 * io.trinity.api.contract}; defaults are filled in.
 *
 * @param contract version of {@code trinity:plugin} whose exports the module follows
 * @param name identity across versions, {@code [a-z][a-z0-9-]{0,62}}
 * @param version OSGi version
 * @param type absent for a plugin that only hooks
 * @param description for people; may be empty
 * @param author may be empty
 * @param license SPDX expression; may be empty
 * @param capabilities what it declares to need
 * @param hooks where it wants to be called
 * @param dependencies plugins that it calls
 * @param provides free labels for catalogues
 * @param modality what a modality_handler brings in
 * @param contentType what a metric_collector writes
 * @param batch most chunks that one call may bring, 1 to 64
 * @param instances guests that may run at once, 1 to 16
 * @param stateVersion format of its state; absent without state
 * @param config its settings by key
 * @param warnings what is odd about it and keeps nothing from working: fields that nobody knows
 */
public record Manifest(
        Version contract,
        String name,
        Version version,
        Optional<ExtensionType> type,
        String description,
        String author,
        String license,
        List<CapabilityNeed> capabilities,
        List<HookDeclaration> hooks,
        List<Dependency> dependencies,
        List<String> provides,
        Optional<Modality> modality,
        Optional<String> contentType,
        int batch,
        int instances,
        Optional<Long> stateVersion,
        Map<String, Setting> config,
        List<String> warnings) {

    /** Name of the custom section that holds the manifest as UTF-8 JSON. */
    public static final String SECTION = "trinity:manifest";

    public Manifest {
        capabilities = List.copyOf(capabilities);
        hooks = List.copyOf(hooks);
        dependencies = List.copyOf(dependencies);
        provides = List.copyOf(provides);
        config = Map.copyOf(config);
        warnings = List.copyOf(warnings);
    }

    /** Name and version. */
    public PluginRef ref() {
        return new PluginRef(name, version);
    }

    /**
     * A capability that it declares.
     *
     * @param optional it loads without the grant as well
     * @param why for the operator who decides; may be empty
     */
    public record CapabilityNeed(Capability capability, boolean optional, String why) {}

    /**
     * A hook that it asks for.
     *
     * @param name of a custom hook; empty otherwise
     * @param priority 100 to 1000; lower runs first
     * @param required whether nothing goes on where it fails or is not called; only for points that
     *     {@linkplain HookPoint#answers answer}
     */
    public record HookDeclaration(HookPoint point, String name, int priority, boolean required) {}

    /** A plugin that it needs. */
    public record Dependency(String name, VersionRange version) {}

    /** A modality and the media types that it is decoded from. */
    public record Modality(String name, List<String> contentTypes) {
        public Modality {
            contentTypes = List.copyOf(contentTypes);
        }
    }

    /**
     * One setting.
     *
     * @param defaultValue as {@code config.get} gives it: strings as they are, numbers and booleans
     *     as JSON writes them
     * @param secret whether the value is shown to nobody but the plugin
     */
    public record Setting(
            SettingType type, Optional<String> defaultValue, String description, boolean secret) {
        /** One that is no secret. */
        public Setting(SettingType type, Optional<String> defaultValue, String description) {
            this(type, defaultValue, description, false);
        }
    }

    /** Types of settings. */
    public enum SettingType {
        STRING,
        NUMBER,
        INTEGER,
        BOOLEAN
    }
}
