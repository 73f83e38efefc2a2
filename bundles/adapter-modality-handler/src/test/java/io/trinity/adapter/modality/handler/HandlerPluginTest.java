package io.trinity.adapter.modality.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.stream.Chunk;
import io.trinity.testkit.contract.Expect;
import io.trinity.testkit.contract.ModalityHandlerContract;
import io.trinity.testkit.contract.ScriptedPlugin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandlerPluginTest extends ModalityHandlerContract {
    @Override
    protected ModalityHandler over(Plugin plugin, String modality, List<String> contentTypes) {
        HandlerPlugin handler = new HandlerPlugin(plugin);
        handler.follow(
                Map.of(
                        Plugin.MODALITY,
                        modality,
                        Plugin.CONTENT_TYPES,
                        contentTypes.toArray(String[]::new)));
        return handler;
    }

    @Test
    void aHandlerWithoutAModalityOfItsOwnLeavesThatOfTheFirstPiece() {
        ScriptedPlugin plugin = new ScriptedPlugin(ExtensionType.MODALITY_HANDLER, "a-handler");
        Object[] bare = {new byte[1], "", "", "", List.of(), 0L, 0L, false};
        plugin.returns("decode", List.<Object[]>of(bare));
        Chunk piece = new Chunk(new byte[0], "", "data", "s", List.of(), 0, 0, true);
        Chunk made = Expect.value(new HandlerPlugin(plugin).decode(List.of(piece))).get(0);
        assertEquals("data", made.modality());
    }
}
