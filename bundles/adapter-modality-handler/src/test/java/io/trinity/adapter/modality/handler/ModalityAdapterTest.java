package io.trinity.adapter.modality.handler;

import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.Plugin;
import io.trinity.testkit.contract.AdapterContract;
import java.util.List;
import java.util.Map;

class ModalityAdapterTest extends AdapterContract<ModalityHandler> {
    ModalityAdapterTest() {
        super(ModalityHandler.class, ExtensionType.MODALITY_HANDLER);
    }

    @Override
    protected Map<String, Object> pluginProperties(int version) {
        return Map.of(
                Plugin.MODALITY,
                "lidar" + version,
                Plugin.CONTENT_TYPES,
                new String[] {"a/v" + version, "b/c"});
    }

    @Override
    protected Map<String, Object> serviceProperties(String plugin, int version) {
        return pluginProperties(version);
    }

    @Override
    protected List<Object> facts(ModalityHandler handler) {
        return List.of(handler.name(), handler.modality(), handler.contentTypes());
    }

    @Override
    protected List<Object> expectedFacts(String plugin, int version) {
        return List.of(plugin, "lidar" + version, List.of("a/v" + version, "b/c"));
    }
}
