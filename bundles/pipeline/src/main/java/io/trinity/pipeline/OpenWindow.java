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
    /** Modalities of one window. */
    static final int MAX_MODALITIES = 16;

    /** Vectors of one modality that are held before they are bundled into one, at most. */
    private static final int HELD = 128;

    /** What a window may hold, as long as each modality holds two vectors. */
    private static final int MAX_BYTES = 8 << 20;

    /** The vectors of one modality. */
    private static final class Bundle {
        final List<Weighted> held = new ArrayList<>();
        int chunks;
    }

    private final String key;
    private final long startNanos;
    private long bytes;
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

    /** Whether there is room for a modality. */
    boolean takes(String modality) {
        return bundles.size() < MAX_MODALITIES || bundles.containsKey(modality);
    }

    /** What its vectors take. */
    long bytes() {
        return bytes;
    }

    /**
     * A vector joins.
     *
     * @return how many vectors fewer are held, since they were bundled into one
     */
    int add(VectorSpace space, String modality, Hypervector vector) {
        int most = Math.max(2, Math.min(HELD, MAX_BYTES / MAX_MODALITIES / vector.bytes()));
        Bundle b = bundles.computeIfAbsent(modality, m -> new Bundle());
        b.chunks++;
        b.held.add(new Weighted(vector, 1));
        bytes += vector.bytes();
        int before = b.held.size();
        if (before >= most) {
            int weight = b.held.stream().mapToInt(Weighted::weight).sum();
            Hypervector one = space.bundle(b.held);
            b.held.clear();
            b.held.add(new Weighted(one, weight));
        }
        int fewer = before - b.held.size();
        bytes -= (long) fewer * vector.bytes();
        return fewer;
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
