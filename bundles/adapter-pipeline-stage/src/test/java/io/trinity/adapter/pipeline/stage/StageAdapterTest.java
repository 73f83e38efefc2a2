package io.trinity.adapter.pipeline.stage;

import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.stage.PipelineStage;
import io.trinity.testkit.contract.AdapterContract;
import java.util.List;
import java.util.Map;

class StageAdapterTest extends AdapterContract<PipelineStage> {
    StageAdapterTest() {
        super(PipelineStage.class, ExtensionType.PIPELINE_STAGE);
    }

    @Override
    protected Map<String, Object> pluginProperties(int version) {
        return Map.of(Plugin.BATCH, 4 * version);
    }

    @Override
    protected Map<String, Object> serviceProperties(String plugin, int version) {
        return Map.of();
    }

    @Override
    protected List<Object> facts(PipelineStage stage) {
        return List.of(stage.name(), stage.batch());
    }

    @Override
    protected List<Object> expectedFacts(String plugin, int version) {
        return List.of(plugin, 4 * version);
    }
}
