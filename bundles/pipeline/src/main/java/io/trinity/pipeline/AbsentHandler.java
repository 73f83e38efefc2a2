package io.trinity.pipeline;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A modality handler that is installed and does not serve. Pure; ADR 0024.
 *
 * @param name of the plugin
 * @param contentTypes that it would decode
 * @param why it does not serve, with what to do
 * @param off it was unloaded by command: nothing waits for it
 */
record AbsentHandler(String name, List<String> contentTypes, String why, boolean off) {
    AbsentHandler {
        contentTypes = List.copyOf(contentTypes);
    }

    /**
     * All of them.
     *
     * @param serving services of handlers
     * @param manifests by plugin; nothing where none was read
     */
    static List<AbsentHandler> of(
            Collection<PluginSnapshot> plugins,
            Collection<ModalityHandler> serving,
            Function<String, Optional<Manifest>> manifests) {
        List<AbsentHandler> absent = new ArrayList<>();
        for (PluginSnapshot p : plugins) {
            boolean handler =
                    p.type().filter(t -> t.equals(ExtensionType.MODALITY_HANDLER)).isPresent();
            boolean callable =
                    p.state() == PluginState.ACTIVE || p.state() == PluginState.RELOADING;
            boolean service = serving.stream().anyMatch(h -> h.name().equals(p.name()));
            if (handler && !(callable && service)) {
                absent.add(
                        new AbsentHandler(
                                p.name(),
                                manifests
                                        .apply(p.name())
                                        .flatMap(Manifest::modality)
                                        .map(Manifest.Modality::contentTypes)
                                        .orElse(List.of()),
                                p.whyNotServing().orElse("it is just beginning to serve"),
                                p.disabled()));
            }
        }
        return absent;
    }

    /** Whether it would decode that type, given with or without parameters. */
    boolean decodes(String contentType) {
        String essence = MediaTypes.essence(contentType);
        return contentTypes.stream().anyMatch(t -> MediaTypes.essence(t).equals(essence));
    }

    /** {@code modality handler 'lidar' does not serve: it is paused; …}. */
    @Override
    public String toString() {
        return "modality handler '%s' does not serve: %s".formatted(name, why);
    }
}
