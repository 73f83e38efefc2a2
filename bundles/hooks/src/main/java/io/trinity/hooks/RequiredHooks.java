package io.trinity.hooks;

import io.trinity.api.config.Places;
import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.hook.HookTrace;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.text.Escaped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hooks that are required and are not called now: why that is, and that nothing goes on without
 * them (ADR 0024). Thread-safe.
 */
final class RequiredHooks {
    private final HookTable table;
    private final RememberedHooks remembered;
    private final Standing standing;

    RequiredHooks(HookTable table, RememberedHooks remembered, Standing standing) {
        this.table = table;
        this.remembered = remembered;
        this.standing = standing;
    }

    /** Whether {@link #demand} may refuse what passes there. */
    boolean isDemanded(HookPoint point) {
        return table.absent(point).length > 0 || standing.unread().isPresent();
    }

    /** Those that are not called, but for those that were disabled by command. */
    List<HookSnapshot> snapshots() {
        List<HookSnapshot> all = new ArrayList<>();
        for (HookPoint point : HookPoint.values()) {
            for (Absent a : table.absent(point)) {
                why(a).filter(w -> !a.disabled()).ifPresent(w -> all.add(snapshot(a, w)));
            }
        }
        return all;
    }

    private static HookSnapshot snapshot(Absent a, String why) {
        return new HookSnapshot(
                a.plugin(), a.point(), a.name(), a.priority(), true, 0, 0, 0, "", true, why);
    }

    /**
     * Nothing goes on where a required hook is not called.
     *
     * @param name of the custom hook that is fired; empty for none
     */
    void demand(HookPoint point, String name, HookTrace trace) {
        Optional<String> unread = standing.unread();
        if (unread.isPresent()) {
            throw missed(
                    "hooks",
                    "nobody knows which hooks are required by configuration",
                    unread.get(),
                    "");
        }
        for (Absent a : table.absent(point)) {
            if (name.isEmpty() || a.name().isEmpty() || a.name().equals(name)) {
                Optional<String> why = why(a);
                if (why.isPresent()) {
                    trace.failed(a.plugin(), point, ErrorCode.HOOK_REQUIRED, why.get(), 0);
                    throw missed(
                            a.plugin(),
                            "its required hook %s is not called".formatted(a.place()),
                            why.get(),
                            "");
                }
            }
        }
    }

    private static String configuration() {
        return Places.of(HookComponent.PID);
    }

    /** Why it is not called; nothing for one that is gone and was never let in. */
    private Optional<String> why(Absent a) {
        if (a.disabled()) {
            return Optional.of(disabled(a.plugin(), a.point(), a.name()));
        }
        if (a.there() && !a.configured()) {
            return Optional.of(
                    "the version that serves has this hook no longer; put one into plugins/ that"
                            + " has it, or say with hook:forget "
                            + a.plugin()
                            + " that it is to be done without");
        }
        if (a.there()) {
            return Optional.of(
                    "the plugin has no such hook; correct required in " + configuration());
        }
        Optional<String> why = standing.of(a.plugin());
        if (why.isPresent()) {
            return why.filter(w -> !w.isEmpty())
                    .or(() -> Optional.of("it is just beginning to serve"));
        }
        if (a.configured()) {
            return Optional.of(
                    "there is no plugin of that name; put its file into plugins/, or correct"
                            + " required in "
                            + configuration());
        }
        return remembered.has(a.plugin())
                ? Optional.of(
                        "its file is gone; put it back into plugins/, or say with hook:forget "
                                + a.plugin()
                                + " that it is to be done without")
                : Optional.empty();
    }

    static String disabled(String plugin, HookPoint point, String name) {
        String words = (plugin + " " + point.label() + " " + name).trim();
        return "it was disabled by command; hook:enable " + words + " lets it be called again";
    }

    /** A required hook was called and did not do its part. */
    static PluginException failed(String plugin, DeclaredHook hook, Delivery.Failed failed) {
        return missed(
                plugin,
                "its required hook %s failed by %s".formatted(hook.place(), failed.code()),
                failed.message(),
                "or let what fails in it pass: optional = %s:%s in %s"
                        .formatted(plugin, hook.place(), configuration()));
    }

    /** That a required hook did not do its part. */
    private static PluginException missed(String plugin, String what, String why, String remedy) {
        return PluginException.of(
                ErrorCode.HOOK_REQUIRED,
                PluginRef.named(plugin),
                "%s, and nothing goes on without it: %s".formatted(what, why),
                remedy);
    }

    /** As {@link io.trinity.api.hook.HookBus#forget}. */
    void forget(String plugin) {
        PluginRef who = PluginRef.named(printable(plugin));
        if (table.hasLost(plugin)) {
            remembered.forget(plugin);
            table.forget(plugin);
            remembered.put(plugin, table.declarations(plugin));
            return;
        }
        if (standing.of(plugin).isPresent()) {
            throw PluginException.of(
                    ErrorCode.ILLEGAL_TRANSITION,
                    who,
                    "it is there, and its manifest says what is required",
                    "remove its file from plugins/, or write optional = %s into %s"
                            .formatted(who.name(), configuration()));
        }
        if (table.isThere(plugin) || !remembered.has(plugin)) {
            throw PluginException.of(
                    ErrorCode.NOT_FOUND,
                    who,
                    "no plugin of that name is gone that required a hook",
                    "hook:list shows what is required and not called");
        }
        remembered.forget(plugin);
        table.forget(plugin);
    }

    /** A name that somebody typed, for a message. */
    static String printable(String text) {
        return Escaped.line(text, 64);
    }
}
