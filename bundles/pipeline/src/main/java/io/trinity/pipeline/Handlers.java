package io.trinity.pipeline;

import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.plugin.Answer;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import io.trinity.api.text.Escaped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which modality handler is asked. Of several it is the first that the configuration names; where
 * that names none, the one that has served longest: no newcomer takes a type from another by its
 * name. Pure.
 */
final class Handlers {
    private Handlers() {}

    /**
     * Handlers in the order in which they are asked.
     *
     * @param serving in the order in which they began to serve
     * @param named those that are asked, in that order; empty for all
     */
    static List<ModalityHandler> inOrder(List<ModalityHandler> serving, List<String> named) {
        return named.isEmpty()
                ? serving
                : serving.stream()
                        .filter(h -> named.contains(h.name()))
                        .sorted(Comparator.comparingInt(h -> named.indexOf(h.name())))
                        .toList();
    }

    /**
     * Content types that several handlers would decode.
     *
     * @param inOrder as they are asked
     * @return in a sentence; empty where there are none
     */
    static String conflicts(List<ModalityHandler> inOrder) {
        Map<String, List<String>> byType = new TreeMap<>();
        for (ModalityHandler h : inOrder) {
            h.contentTypes().stream()
                    .map(MediaTypes::essence)
                    .distinct()
                    .forEach(t -> byType.computeIfAbsent(t, n -> new ArrayList<>()).add(h.name()));
        }
        return byType.entrySet().stream()
                .filter(e -> e.getValue().size() > 1)
                .map(
                        e ->
                                "%s is decoded by '%s', not by %s"
                                        .formatted(
                                                Escaped.line(e.getKey()),
                                                e.getValue().get(0),
                                                e.getValue().stream()
                                                        .skip(1)
                                                        .map(n -> "'" + n + "'")
                                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining("; "));
    }

    /** {@code lidar application/vnd.pcd, …}. */
    static String told(List<ModalityHandler> inOrder) {
        return inOrder.stream()
                .map(h -> Escaped.line(h.name() + " " + String.join(" ", h.contentTypes())))
                .collect(Collectors.joining(", "));
    }

    /** Of handlers in the order in which they are asked. */
    static Optional<ModalityHandler> forModality(
            Collection<ModalityHandler> handlers, String modality) {
        return handlers.stream().filter(h -> h.modality().equals(modality)).findFirst();
    }

    /**
     * @param handlers in the order in which they are asked
     * @param contentType with or without parameters
     */
    static Optional<ModalityHandler> forContentType(
            Collection<ModalityHandler> handlers, String contentType) {
        String essence = MediaTypes.essence(contentType);
        return handlers.stream()
                .filter(
                        h ->
                                h.contentTypes().stream()
                                        .anyMatch(t -> MediaTypes.essence(t).equals(essence)))
                .findFirst();
    }

    /** The decoder of a handler, to be run like a stage. */
    static PipelineStage decoder(ModalityHandler handler) {
        return new PipelineStage() {
            @Override
            public String name() {
                return handler.name();
            }

            @Override
            public int batch() {
                return 1;
            }

            @Override
            public Answer<List<Chunk>> process(List<Chunk> chunks) {
                return handler.decode(chunks);
            }
        };
    }
}
