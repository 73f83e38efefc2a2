package io.trinity.hooks;

import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.Plugin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who listens where. Changes make new arrays, which calls read without a lock; where nobody listens
 * there is one empty array for all.
 */
final class HookTable {
    private static final Logger LOG = LoggerFactory.getLogger(HookTable.class);
    private static final Hook[] NOBODY = {};
    private static final Absent[] NONE_ABSENT = {};

    private static final Comparator<Hook> ORDER =
            Comparator.<Hook>comparingInt(h -> h.declared().priority())
                    .thenComparing(h -> h.plugin().name());

    /** What delivery reads. */
    private record View(Hook[][] byPoint, Map<String, Hook[]> custom, Absent[][] absent) {}

    private final Map<String, List<Hook>> byPlugin = new TreeMap<>();

    /** What plugins that went, or were never let in, asked for at last. */
    private final Map<String, List<DeclaredHook>> remembered = new TreeMap<>();

    private final BiPredicate<String, DeclaredHook> disabled;
    private Requirements requirements = Requirements.NONE;
    private volatile View view = view(List.of(), List.of());

    /**
     * @param disabled whether a plugin's hook is not to be called
     */
    HookTable(BiPredicate<String, DeclaredHook> disabled) {
        this.disabled = disabled;
    }

    /** A plugin's hooks as of now; those that stay keep their counts. */
    void put(Plugin plugin, List<DeclaredHook> declarations) {
        put(plugin, declarations, List.of());
    }

    /**
     * A plugin's hooks as of now; those that stay keep their counts.
     *
     * @param lost what it required before and has no longer
     */
    synchronized void put(Plugin plugin, List<DeclaredHook> declarations, List<DeclaredHook> lost) {
        List<Hook> before = byPlugin.getOrDefault(plugin.name(), List.of());
        List<Hook> now = new ArrayList<>();
        for (DeclaredHook w : declarations) {
            now.add(
                    before.stream()
                            .filter(h -> h.plugin() == plugin && h.declared().equals(w))
                            .findFirst()
                            .orElseGet(() -> new Hook(plugin, w)));
        }
        byPlugin.put(plugin.name(), now);
        List<DeclaredHook> all = Stream.concat(declarations.stream(), lost.stream()).toList();
        List<DeclaredHook> known = remembered.put(plugin.name(), all);
        refresh();
        for (DeclaredHook w : lost) {
            if (known == null || !known.equals(all)) {
                LOG.warn(
                        "code={} plugin={} has no longer the hook {} that it required; nothing goes"
                                + " on without it until a version has it again, or hook:forget {}",
                        ErrorCode.HOOK_REQUIRED,
                        plugin.name(),
                        w.place(),
                        plugin.name());
            }
        }
        for (Hook h : now) {
            String conflict = conflict(h);
            if (!before.contains(h) && !conflict.isEmpty()) {
                LOG.warn(
                        "plugin={} hook={} priority={} conflicts with {}; they run in the order of"
                                + " their names; give them different priorities",
                        plugin.name(),
                        h.declared().place(),
                        h.declared().priority(),
                        conflict);
            }
        }
    }

    /** A plugin is gone; nothing where another service of that name has come meanwhile. */
    synchronized void remove(Plugin plugin) {
        List<Hook> there = byPlugin.getOrDefault(plugin.name(), List.of());
        if (there.stream().allMatch(h -> h.plugin() == plugin)) {
            byPlugin.remove(plugin.name());
            refresh();
        }
    }

    /** What a plugin asks for that has no service; nothing where it has one. */
    synchronized void learn(String plugin, List<DeclaredHook> declarations) {
        if (!byPlugin.containsKey(plugin) && !declarations.equals(remembered.get(plugin))) {
            remembered.put(plugin, List.copyOf(declarations));
            refresh();
        }
    }

    /** What a plugin asked for and has not is forgotten. */
    synchronized void forget(String plugin) {
        List<DeclaredHook> there = declarations(plugin);
        if (there.isEmpty()) {
            remembered.remove(plugin);
        } else {
            remembered.put(plugin, there);
        }
        refresh();
    }

    /** What a plugin's service asks for; nothing where it has none. */
    synchronized List<DeclaredHook> declarations(String plugin) {
        return byPlugin.getOrDefault(plugin, List.of()).stream().map(Hook::declared).toList();
    }

    /** Whether a plugin that has a service had hooks before that it has no longer. */
    synchronized boolean hasLost(String plugin) {
        return byPlugin.containsKey(plugin)
                && !declarations(plugin).containsAll(remembered.getOrDefault(plugin, List.of()));
    }

    /** Whether a plugin has a service. */
    synchronized boolean isThere(String plugin) {
        return byPlugin.containsKey(plugin);
    }

    /** What is configured has changed. */
    synchronized void requirements(Requirements now) {
        requirements = now;
        refresh();
    }

    /** What is disabled has changed. */
    synchronized void refresh() {
        List<Hook> all = byPlugin.values().stream().flatMap(List::stream).toList();
        all.forEach(h -> h.required(requirements.requires(h.plugin().name(), h.declared())));
        view =
                view(
                        all.stream()
                                .filter(h -> !disabled.test(h.plugin().name(), h.declared()))
                                .sorted(ORDER)
                                .toList(),
                        absent());
    }

    /** Hooks that are required and that no call reaches. */
    private List<Absent> absent() {
        List<Absent> absent = new ArrayList<>();
        remembered.forEach(
                (plugin, declarations) -> {
                    boolean there = byPlugin.containsKey(plugin);
                    for (DeclaredHook w : declarations) {
                        boolean lost = there && !declarations(plugin).contains(w);
                        boolean off = there && !lost && disabled.test(plugin, w);
                        if ((!there || off || lost) && requirements.requires(plugin, w)) {
                            boolean configured =
                                    requirements.requiring().stream()
                                            .anyMatch(r -> r.holds(plugin, w.point(), w.name()));
                            absent.add(
                                    new Absent(
                                            plugin,
                                            w.point(),
                                            w.name(),
                                            w.priority(),
                                            configured,
                                            there,
                                            off));
                        }
                    }
                });
        requirements.requiring().forEach(r -> absent.addAll(unknown(r)));
        return absent;
    }

    /** What a rule requires of a plugin that nobody has seen with such a hook. */
    private List<Absent> unknown(Requirements.Rule r) {
        boolean seen =
                remembered.getOrDefault(r.plugin(), List.of()).stream()
                        .anyMatch(
                                w ->
                                        w.point().answers()
                                                && r.holds(r.plugin(), w.point(), w.name()));
        if (seen) {
            return List.of();
        }
        // Each stream begins at the one, and each chunk passes the other.
        List<HookPoint> points =
                r.point()
                        .map(List::of)
                        .orElse(List.of(HookPoint.PRE_PIPELINE, HookPoint.POST_CHUNK));
        boolean there = byPlugin.containsKey(r.plugin());
        return points.stream()
                .map(p -> new Absent(r.plugin(), p, r.name(), 0, true, there, false))
                .toList();
    }

    private static View view(List<Hook> enabled, List<Absent> missing) {
        Hook[][] byPoint = new Hook[HookPoint.values().length][];
        Arrays.fill(byPoint, NOBODY);
        for (HookPoint p : HookPoint.values()) {
            Hook[] at =
                    enabled.stream().filter(h -> h.declared().point() == p).toArray(Hook[]::new);
            byPoint[p.ordinal()] = at.length == 0 ? NOBODY : at;
        }
        Map<String, Hook[]> custom = new HashMap<>();
        enabled.stream()
                .filter(h -> h.declared().point() == HookPoint.CUSTOM)
                .collect(Collectors.groupingBy(h -> h.declared().name()))
                .forEach((name, hooks) -> custom.put(name, hooks.toArray(Hook[]::new)));
        Absent[][] absent = new Absent[HookPoint.values().length][];
        for (HookPoint p : HookPoint.values()) {
            Absent[] at = missing.stream().filter(a -> a.point() == p).toArray(Absent[]::new);
            absent[p.ordinal()] = at.length == 0 ? NONE_ABSENT : at;
        }
        return new View(byPoint, custom, absent);
    }

    /** Enabled hooks at a point, in order; not to be changed. */
    Hook[] at(HookPoint point) {
        return view.byPoint[point.ordinal()];
    }

    /** Hooks at a point that are required and that no call reaches; not to be changed. */
    Absent[] absent(HookPoint point) {
        return view.absent[point.ordinal()];
    }

    /** Enabled hooks of a custom name, in order; not to be changed. */
    Hook[] custom(String name) {
        return view.custom.getOrDefault(name, NOBODY);
    }

    /** Whether a plugin has a hook there, enabled or not; an empty name stands for any. */
    synchronized boolean has(String plugin, HookPoint point, String name) {
        return byPlugin.getOrDefault(plugin, List.of()).stream()
                .anyMatch(
                        h ->
                                h.declared().point() == point
                                        && (name.isEmpty() || h.declared().name().equals(name)));
    }

    synchronized List<HookSnapshot> list() {
        return byPlugin.values().stream()
                .flatMap(List::stream)
                .sorted(
                        Comparator.<Hook, HookPoint>comparing(h -> h.declared().point())
                                .thenComparing(h -> h.declared().name())
                                .thenComparing(ORDER))
                .map(this::snapshot)
                .toList();
    }

    private HookSnapshot snapshot(Hook h) {
        return new HookSnapshot(
                h.plugin().name(),
                h.declared().point(),
                h.declared().name(),
                h.declared().priority(),
                !disabled.test(h.plugin().name(), h.declared()),
                h.calls(),
                h.skipped(),
                h.averageMicros(),
                conflict(h),
                h.required(),
                "");
    }

    /** Other plugins with the same place and priority. */
    private String conflict(Hook hook) {
        return byPlugin.values().stream()
                .flatMap(List::stream)
                .filter(h -> h.plugin() != hook.plugin())
                .filter(h -> h.declared().sharesPlaceWith(hook.declared()))
                .map(h -> h.plugin().name())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
