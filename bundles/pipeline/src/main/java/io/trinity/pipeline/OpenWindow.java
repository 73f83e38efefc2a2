package io.trinity.pipeline;

import io.trinity.vsa.Hypervector;
import io.trinity.vsa.VectorSpace;
import io.trinity.vsa.Weighted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A window that chunks still join. Bounded in memory, however many do. */
final class OpenWindow {
    /** Vectors of one modality that are held before they are bundled into one. */
    private static final int HELD = 128;

    /** The vectors of one modality. */
    private static final class Bundle {
        final List<Weighted> held = new ArrayList<>();
        int chunks;
    }

    private final String key;
    private final long startNanos;
    private final Map<String, Bundle> bundles = new TreeMap<>();

    OpenWindow(String key, long startNanos) {
        this.key = key;
        this.startNanos = startNanos;
    }

    String key() {
        return key;
    }

    long startNanos() {
        return startNanos;
    }

    void add(VectorSpace space, String modality, Hypervector vector) {
        Bundle b = bundles.computeIfAbsent(modality, m -> new Bundle());
        b.chunks++;
        b.held.add(new Weighted(vector, 1));
        if (b.held.size() == HELD) {
            int weight = b.held.stream().mapToInt(Weighted::weight).sum();
            Hypervector one = space.bundle(b.held);
            b.held.clear();
            b.held.add(new Weighted(one, weight));
        }
    }

    /** Modalities that have joined, in the order of their names. */
    List<String> modalities() {
        return List.copyOf(bundles.keySet());
    }

    int chunks(String modality) {
        Bundle b = bundles.get(modality);
        return b == null ? 0 : b.chunks;
    }

    Hypervector bundle(VectorSpace space, String modality) {
        Bundle b = bundles.get(modality);
        return b == null ? space.zero() : space.bundle(b.held);
    }
}
