package io.trinity.api.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What plugins that are loaded declare as their settings, and what holds of it. Thread-safe. */
@ProviderType
public interface PluginSettings {
    /**
     * All settings of the plugin that a configuration is in effect for: those that its manifest
     * declares, and those that are configured and that it does not declare. None where the
     * configuration is no plugin's, or the plugin is not loaded.
     *
     * @param pid {@code io.trinity.plugin~NAME}
     */
    List<PluginSetting> settings(String pid);

    /** PID of the configuration that is in effect for a plugin, or would be if there were one. */
    String pid(String plugin);

    /**
     * One setting.
     *
     * @param key with its prefix, {@code config.KEY}
     * @param value in effect, as the plugin reads it; empty for none
     * @param isDefault whether the value is the manifest's default
     * @param secret whether the manifest says that nobody but the plugin sees the value
     * @param problem why what is configured does not hold, and what does; empty where it holds
     */
    record PluginSetting(
            String key,
            Optional<String> value,
            boolean isDefault,
            boolean secret,
            Optional<String> problem) {
        public PluginSetting {
            Objects.requireNonNull(key, "key");
        }
    }
}
