package io.trinity.adapter.modality.handler;

import io.trinity.api.plugin.Plugin;
import java.util.List;
import java.util.Map;

/**
 * What a handler brings in, as the properties of its {@link Plugin} tell it.
 *
 * @param name of the modality; empty where the properties have none
 * @param contentTypes media types that it decodes
 */
record Modality(String name, List<String> contentTypes) {
    Modality {
        contentTypes = List.copyOf(contentTypes);
    }

    static Modality of(Map<String, Object> properties) {
        return new Modality(
                properties.get(Plugin.MODALITY) instanceof String name ? name : "",
                properties.get(Plugin.CONTENT_TYPES) instanceof String[] types
                        ? List.of(types)
                        : List.of());
    }
}
