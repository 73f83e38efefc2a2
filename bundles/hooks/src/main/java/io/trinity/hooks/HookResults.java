package io.trinity.hooks;

import io.trinity.api.hook.Part;
import io.trinity.api.hook.Remark;
import io.trinity.api.hook.Verdict;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.Chunk.Attribute;
import io.trinity.api.stream.HostAttributes;
import io.trinity.api.stream.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What hooks answer, understood. Pure.
 *
 * <p>Each method throws {@link IllegalArgumentException}, with a sentence, where the answer breaks
 * the contract.
 */
final class HookResults {
    private HookResults() {}

    /**
     * The chunks that a verdict leaves.
     *
     * @param before chunks that the hook was called with, at least one
     */
    static List<Chunk> chunks(List<Chunk> before, Verdict verdict) {
        if (verdict instanceof Verdict.Pass) {
            return before;
        }
        if (verdict instanceof Verdict.Drop) {
            return List.of();
        }
        List<Chunk> made = ((Verdict.Change) verdict).chunks();
        HostAttributes.requireNoneMade(made, before);
        boolean ends = before.get(before.size() - 1).last();
        List<Chunk> after = new ArrayList<>(made.size());
        for (int i = 0; i < made.size(); i++) {
            // A hook that changes payloads keeps the places; what it adds belongs to the last one.
            Chunk from = before.get(Math.min(i, before.size() - 1));
            boolean last = ends && i == made.size() - 1;
            after.add(made.get(i).inheriting(from).numbered(from.sequence(), last));
        }
        return List.copyOf(after);
    }

    /** The word for a verdict. */
    static String word(Verdict verdict) {
        return verdict.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** The parts as the next hook sees them. */
    static List<Part> weighted(List<Part> parts, double[] weights) {
        return IntStream.range(0, weights.length)
                .mapToObj(
                        i -> {
                            Part p = parts.get(i);
                            return new Part(p.modality(), p.chunks(), weights[i], p.bundle());
                        })
                .toList();
    }

    /** The weights that a hook gave, or those before where it gave none. */
    static double[] weights(double[] before, double[] given) {
        if (given.length == 0) {
            return before;
        }
        if (given.length != before.length) {
            throw new IllegalArgumentException(
                    "it gave %s weights for %s parts".formatted(given.length, before.length));
        }
        for (double w : given) {
            if (!(w >= 0) || Double.isInfinite(w)) {
                throw new IllegalArgumentException(
                        "it gave the weight " + w + "; weights are finite and not negative");
            }
        }
        return given;
    }

    /** The windows with the remarks that a hook made. */
    static List<Window> remarked(List<Window> before, List<Remark> remarks) {
        if (remarks.size() != before.size()) {
            throw new IllegalArgumentException(
                    "it made %s remarks on %s windows".formatted(remarks.size(), before.size()));
        }
        List<Window> after = new ArrayList<>(before.size());
        for (int i = 0; i < remarks.size(); i++) {
            Window w = before.get(i);
            Remark remark = remarks.get(i);
            List<Attribute> notes = new ArrayList<>(w.notes());
            for (Attribute made : remark.notes()) {
                HostAttributes.requireOwn(made, List.of());
                notes.add(made);
            }
            if (notes.size() > Chunk.MAX_ATTRIBUTES) {
                throw new IllegalArgumentException(
                        "with its notes a window has %s, allowed are %s"
                                .formatted(notes.size(), Chunk.MAX_ATTRIBUTES));
            }
            after.add(
                    new Window(
                            w.key(),
                            w.startNanos(),
                            w.endNanos(),
                            remark.label().isEmpty() ? w.label() : remark.label(),
                            w.confidence(),
                            w.fused(),
                            notes));
        }
        return List.copyOf(after);
    }
}
