package io.trinity.reload;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.Dependency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The plugins that wait: until what they depend on has come, or until others have taken their
 * places again. A circle of dependencies keeps nobody waiting, nor does one that is not on its way.
 * On reload's one thread.
 */
final class ParkedPlugins {
    private final Predicate<String> serves;
    private final Predicate<String> coming;
    private final Map<String, Manifest> parked = new TreeMap<>();

    /** Those of them that wait for others' places. */
    private final Set<String> held = new HashSet<>();

    /**
     * @param serves whether a plugin serves
     * @param coming whether one that does not is on its way
     */
    ParkedPlugins(Predicate<String> serves, Predicate<String> coming) {
        this.serves = serves;
        this.coming = coming;
    }

    /**
     * Parks a plugin that has to wait for what it depends on.
     *
     * @return whether it has to
     */
    boolean park(String plugin, Manifest manifest) {
        return park(plugin, manifest, held);
    }

    /**
     * The same for one whose place is among those that {@link #hold held} ones wait for: it waits
     * for none of these.
     */
    boolean parkAhead(String plugin, Manifest manifest) {
        return park(plugin, manifest, Set.of());
    }

    /** Parks a plugin until others have taken their places. */
    void hold(String plugin, Manifest manifest) {
        parked.put(plugin, manifest);
        held.add(plugin);
    }

    private boolean park(String plugin, Manifest manifest, Set<String> toCome) {
        if (!awaits(manifest, toCome, new HashSet<>(Set.of(plugin)))) {
            return false;
        }
        parked.put(plugin, manifest);
        return true;
    }

    private boolean awaits(Manifest manifest, Set<String> toCome, Set<String> seen) {
        for (Dependency d : manifest.dependencies()) {
            if (!seen.add(d.name()) || serves.test(d.name())) {
                continue;
            }
            Manifest next = parked.get(d.name());
            if (coming.test(d.name())
                    || toCome.contains(d.name())
                    || next != null && awaits(next, toCome, seen)) {
                return true;
            }
        }
        return false;
    }

    /** It waits no longer. */
    void remove(String plugin) {
        parked.remove(plugin);
        held.remove(plugin);
    }

    boolean contains(String plugin) {
        return parked.containsKey(plugin);
    }

    boolean isEmpty() {
        return parked.isEmpty();
    }

    /** All of them, each after those it depends on. */
    List<String> inOrder() {
        return DependencyOrder.of(Set.copyOf(parked.keySet()), Map.copyOf(parked));
    }
}
