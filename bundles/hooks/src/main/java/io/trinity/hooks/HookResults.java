package io.trinity.hooks;

import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.Chunk.Attribute;
import io.trinity.api.stream.ChunkFields;
import io.trinity.api.stream.Window;
import io.trinity.canonical.abi.VariantValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What hooks answer, understood. Pure.
 *
 * <p>Each method throws {@link IllegalArgumentException}, with a sentence, where the answer breaks
 * the contract.
 */
final class HookResults {
    static final int PASS = 0;
    static final int DROP = 1;

    private HookResults() {}

    /**
     * The chunks that a verdict leaves.
     *
     * @param before chunks that the hook was called with, at least one
     */
    static List<Chunk> chunks(List<Chunk> before, @Nullable Object verdict) {
        VariantValue v = (VariantValue) Objects.requireNonNull(verdict);
        if (v.tag() == PASS) {
            return before;
        }
        if (v.tag() == DROP) {
            return List.of();
        }
        Chunk first = before.get(0);
        List<Chunk> made = ChunkFields.made(Objects.requireNonNull(v.payload()), before);
        List<Chunk> after = new ArrayList<>(made.size());
        for (int i = 0; i < made.size(); i++) {
            // A hook that changes payloads keeps the places; what it adds belongs to the last one.
            Chunk from = before.get(Math.min(i, before.size() - 1));
            after.add(inherit(made.get(i), from, first.stream(), i == made.size() - 1, before));
        }
        return List.copyOf(after);
    }

    private static Chunk inherit(
            Chunk made, Chunk from, String stream, boolean end, List<Chunk> before) {
        return new Chunk(
                made.payload(),
                made.contentType().isEmpty() ? from.contentType() : made.contentType(),
                made.modality().isEmpty() ? from.modality() : made.modality(),
                stream,
                made.attributes(),
                from.sequence(),
                made.eventTimeNanos() == 0 ? from.eventTimeNanos() : made.eventTimeNanos(),
                end && before.get(before.size() - 1).last());
    }

    /** The word for a verdict. */
    static String verdict(@Nullable Object verdict) {
        int tag = ((VariantValue) Objects.requireNonNull(verdict)).tag();
        return tag == PASS ? "pass" : tag == DROP ? "drop" : "change";
    }

    /** The weights that a hook gave, or those before where it gave none. */
    static double[] weights(double[] before, @Nullable Object answer) {
        double[] given = (double[]) Objects.requireNonNull(answer);
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
    static List<Window> remarked(List<Window> before, @Nullable Object answer) {
        List<?> remarks = (List<?>) Objects.requireNonNull(answer);
        if (remarks.size() != before.size()) {
            throw new IllegalArgumentException(
                    "it made %s remarks on %s windows".formatted(remarks.size(), before.size()));
        }
        List<Window> after = new ArrayList<>(before.size());
        for (int i = 0; i < remarks.size(); i++) {
            Window w = before.get(i);
            Object[] remark = (Object[]) remarks.get(i);
            String label = (String) remark[0];
            List<Attribute> notes = new ArrayList<>(w.notes());
            for (Object note : (List<?>) remark[1]) {
                Object[] pair = (Object[]) note;
                Attribute made = new Attribute((String) pair[0], (String) pair[1]);
                ChunkFields.requireOwn(made, List.of());
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
                            label.isEmpty() ? w.label() : label,
                            w.confidence(),
                            w.fused(),
                            notes));
        }
        return List.copyOf(after);
    }
}
