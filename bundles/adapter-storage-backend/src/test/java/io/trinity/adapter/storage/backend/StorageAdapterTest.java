package io.trinity.adapter.storage.backend;

import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.storage.StorageBackend;
import io.trinity.testkit.contract.AdapterContract;
import java.util.List;
import java.util.Map;

class StorageAdapterTest extends AdapterContract<StorageBackend> {
    StorageAdapterTest() {
        super(StorageBackend.class, ExtensionType.STORAGE_BACKEND);
    }

    @Override
    protected Map<String, Object> pluginProperties(int version) {
        return Map.of();
    }

    @Override
    protected Map<String, Object> serviceProperties(String plugin, int version) {
        return Map.of(StorageBackend.NAME, plugin);
    }

    @Override
    protected List<Object> facts(StorageBackend backend) {
        return List.of(backend.name());
    }

    @Override
    protected List<Object> expectedFacts(String plugin, int version) {
        return List.of(plugin);
    }
}
