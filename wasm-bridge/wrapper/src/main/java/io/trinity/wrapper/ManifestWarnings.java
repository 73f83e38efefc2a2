package io.trinity.wrapper;

import java.util.ArrayList;
import java.util.List;

/**
 * What is odd about a manifest and no reason to refuse it. However much that is, little of it is
 * kept: a manifest may be all of unknown fields.
 */
final class ManifestWarnings {
    /** What is beyond is told as a number. */
    static final int MOST = 16;

    private final List<String> first = new ArrayList<>();
    private int more;

    /**
     * @param path of the field that nobody knows, fit to be shown
     */
    void unknown(String path) {
        if (first.size() < MOST) {
            first.add("manifest field '" + path + "' is unknown");
        } else {
            more++;
        }
    }

    /** In the order in which they were found. */
    List<String> list() {
        List<String> all = new ArrayList<>(first);
        if (more > 0) {
            all.add(more + " more manifest fields are unknown");
        }
        return List.copyOf(all);
    }
}
