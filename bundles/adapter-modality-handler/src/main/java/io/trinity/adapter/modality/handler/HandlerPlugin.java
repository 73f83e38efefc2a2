package io.trinity.adapter.modality.handler;

import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.HostAttributes;
import io.trinity.api.stream.Vector;
import io.trinity.api.world.ModalityHandlerWorld;
import io.trinity.api.world.TypedServices;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plugin seen as a modality handler. Thread-safe. */
final class HandlerPlugin implements ModalityHandler, TypedServices.View {
    private final Plugin plugin;
    private final ModalityHandlerWorld world;
    private volatile Modality modality = Modality.of(Map.of());

    HandlerPlugin(Plugin plugin) {
        this.plugin = plugin;
        this.world = plugin.as(ModalityHandlerWorld.class);
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public String modality() {
        return modality.name();
    }

    @Override
    public List<String> contentTypes() {
        return modality.contentTypes();
    }

    @Override
    public Map<String, Object> follow(Map<String, Object> properties) {
        Modality now = Modality.of(properties);
        modality = now;
        return Map.of(
                Plugin.MODALITY,
                now.name(),
                Plugin.CONTENT_TYPES,
                now.contentTypes().toArray(String[]::new));
    }

    @Override
    public Answer<List<Chunk>> decode(List<Chunk> pieces) {
        requireOneStream(pieces);
        Chunk first = pieces.get(0);
        String own = modality.name();
        Answer<List<Chunk>> answer = world.decode(CallOptions.stream(first.stream()), pieces);
        if (!(answer instanceof Answer.Value<List<Chunk>> made)) {
            return answer;
        }
        try {
            HostAttributes.requireNoneMade(made.value(), pieces);
        } catch (IllegalArgumentException e) {
            throw broken(
                    "decode",
                    "decode returned a chunk that is none: " + e.getMessage(),
                    Chunk.BOUNDS,
                    e);
        }
        // What the plugin left empty: the modality is its own, the rest as in the first piece.
        Chunk from = own.isEmpty() ? first : withModality(own, first);
        return new Answer.Value<>(made.value().stream().map(c -> c.inheriting(from)).toList());
    }

    @Override
    public Answer<List<Vector>> encode(List<Chunk> chunks) {
        if (chunks.isEmpty()) {
            return new Answer.Value<>(List.of());
        }
        Answer<List<Vector>> answer =
                world.encode(CallOptions.stream(chunks.get(0).stream()), chunks);
        if (answer instanceof Answer.Value<List<Vector>> given
                && given.value().size() != chunks.size()) {
            throw broken(
                    "encode",
                    "encode returned %s vectors for %s chunks"
                            .formatted(given.value().size(), chunks.size()),
                    "encode returns one vector for each chunk, in their order",
                    null);
        }
        return answer;
    }

    private void requireOneStream(List<Chunk> pieces) {
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException(
                    plugin.name() + ": decode takes 1 or more pieces, not none");
        }
        String stream = pieces.get(0).stream();
        for (Chunk piece : pieces) {
            if (!piece.stream().equals(stream)) {
                throw new IllegalArgumentException(
                        "%s: decode takes pieces of one stream, not of '%s' and '%s'"
                                .formatted(plugin.name(), stream, piece.stream()));
            }
        }
    }

    private static Chunk withModality(String modality, Chunk piece) {
        return new Chunk(
                piece.payload(),
                piece.contentType(),
                modality,
                piece.stream(),
                piece.attributes(),
                piece.sequence(),
                piece.eventTimeNanos(),
                piece.last());
    }

    private PluginException broken(
            String function, String detail, String remedy, @Nullable Throwable cause) {
        PluginException fault =
                PluginException.of(
                        ErrorCode.GUEST_ABI,
                        new PluginRef(plugin.name(), plugin.snapshot().version()),
                        detail,
                        remedy,
                        cause);
        plugin.misbehaved(function, fault);
        return fault;
    }
}
