package io.trinity.adapter.pipeline.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.stage.PipelineStage;
import io.trinity.testkit.contract.Expect;
import io.trinity.testkit.contract.PipelineStageContract;
import io.trinity.testkit.contract.ScriptedPlugin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StagePluginTest extends PipelineStageContract {
    @Override
    protected PipelineStage over(Plugin plugin, int batch) {
        StagePlugin stage = new StagePlugin(plugin);
        stage.follow(Map.of(Plugin.BATCH, batch));
        return stage;
    }

    @Test
    void noChunksAreNoCall() {
        ScriptedPlugin plugin = new ScriptedPlugin(ExtensionType.PIPELINE_STAGE, "a-stage");
        assertEquals(List.of(), Expect.value(over(plugin, 1).process(List.of())));
        assertEquals(List.of(), plugin.calls());
    }
}
