package io.trinity.engine.admit;

import io.trinity.api.engine.ModuleSize;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the scan of a module's bytes found.
 *
 * @param sections all but the custom ones, in order
 * @param customSections contents by name; of two with one name the first
 * @param functions that it defines, imported ones not counted
 * @param size what it takes of the host's heap
 */
public record Admitted(
        List<Section> sections,
        Map<String, byte[]> customSections,
        int functions,
        ModuleSize size) {
    public Admitted {
        sections = List.copyOf(sections);
        customSections = Map.copyOf(customSections);
    }

    /**
     * One section.
     *
     * @param id as in WebAssembly Core §5.5.2
     * @param start where its id stands
     * @param content where its contents begin
     * @param end first byte after it
     */
    public record Section(int id, int start, int content, int end) {
        public static final int CODE = 10;

        /** Elements, data, and how many of the latter there are. */
        public static final Set<Integer> OF_SEGMENTS = Set.of(9, 11, 12);
    }
}
