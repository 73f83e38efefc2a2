package io.trinity.adapter.modality.handler;

import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.ChunkFields;
import io.trinity.api.stream.Vector;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A plugin seen as a modality handler. Thread-safe. */
final class HandlerPlugin implements ModalityHandler {
    private static final String DECODE = "decode";
    private static final String ENCODE = "encode";

    private final Plugin plugin;
    private volatile Modality modality;

    HandlerPlugin(Plugin plugin, Modality modality) {
        this.plugin = plugin;
        this.modality = modality;
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

    void modality(Modality now) {
        modality = now;
    }

    @Override
    public Answer<List<Chunk>> decode(List<Chunk> pieces) {
        requireOneStream(pieces);
        Chunk first = pieces.get(0);
        String own = modality.name();
        Answer<@Nullable Object> answer = call(DECODE, pieces);
        if (answer instanceof Answer.Refusal<@Nullable Object> refusal) {
            return new Answer.Refusal<>(refusal.text());
        }
        Object value = Objects.requireNonNull(((Answer.Value<@Nullable Object>) answer).value());
        try {
            return new Answer.Value<>(
                    ChunkFields.made(value, pieces).stream()
                            .map(chunk -> inherit(own, first, chunk))
                            .toList());
        } catch (IllegalArgumentException e) {
            throw broken(
                    DECODE,
                    "decode returned a chunk that is none: " + e.getMessage(),
                    Chunk.BOUNDS,
                    e);
        }
    }

    @Override
    public Answer<List<Vector>> encode(List<Chunk> chunks) {
        if (chunks.isEmpty()) {
            return new Answer.Value<>(List.of());
        }
        Answer<@Nullable Object> answer = call(ENCODE, chunks);
        if (answer instanceof Answer.Refusal<@Nullable Object> refusal) {
            return new Answer.Refusal<>(refusal.text());
        }
        List<?> given =
                (List<?>) Objects.requireNonNull(((Answer.Value<@Nullable Object>) answer).value());
        if (given.size() != chunks.size()) {
            throw broken(
                    ENCODE,
                    "encode returned " + given.size() + " vectors for " + chunks.size() + " chunks",
                    "encode returns one vector for each chunk, in their order",
                    null);
        }
        // The sandbox has made vectors of the handles that the guest gave.
        return new Answer.Value<>(given.stream().map(Vector.class::cast).toList());
    }

    private Answer<@Nullable Object> call(String function, List<Chunk> chunks) {
        return plugin.call(
                function, CallOptions.stream(chunks.get(0).stream()), ChunkFields.ofAll(chunks));
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

    /** What the plugin left empty: the modality is its own, the rest as in the first piece. */
    private static Chunk inherit(String own, Chunk from, Chunk made) {
        String modality = own.isEmpty() ? from.modality() : own;
        return new Chunk(
                made.payload(),
                made.contentType().isEmpty() ? from.contentType() : made.contentType(),
                made.modality().isEmpty() ? modality : made.modality(),
                from.stream(),
                made.attributes(),
                made.sequence(),
                made.eventTimeNanos() == 0 ? from.eventTimeNanos() : made.eventTimeNanos(),
                made.last());
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
