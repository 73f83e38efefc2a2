package io.trinity.shell;

import io.trinity.api.hook.HookSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hooks, for people and for programs. */
final class HookText {
    private HookText() {}

    /** {@code post_chunk}, {@code custom/NAME}. */
    static String point(HookSnapshot h) {
        return h.point().label() + (h.name().isEmpty() ? "" : "/" + h.name());
    }

    /** The table, with those that share a priority below their hooks. */
    static String table(List<HookSnapshot> hooks) {
        if (hooks.isEmpty()) {
            return "no hooks; a plugin names the ones that it wants in its manifest\n";
        }
        Table table =
                new Table(
                        "POINT",
                        ">PRIORITY",
                        "PLUGIN",
                        "ENABLED",
                        ">CALLS",
                        ">SKIPPED",
                        ">AVERAGE");
        for (HookSnapshot h : hooks) {
            table.row(
                    List.of(note(h)),
                    point(h),
                    h.priority(),
                    h.plugin(),
                    (h.enabled() ? "yes" : "no") + (h.required() ? ", required" : ""),
                    h.calls(),
                    h.skipped(),
                    h.calls() == 0 ? "-" : Units.micros(h.averageMicros()));
        }
        return table.toString();
    }

    private static String note(HookSnapshot h) {
        if (!h.missing().isEmpty()) {
            return "required and not called, so nothing goes on: " + h.missing();
        }
        return h.conflict().isEmpty()
                ? ""
                : "warning: at the same priority as "
                        + h.conflict()
                        + "; their names decide the order";
    }

    /** The same as fields of JSON. */
    static Map<String, Object> fields(HookSnapshot h) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("point", h.point().label());
        fields.put("name", h.name());
        fields.put("priority", h.priority());
        fields.put("plugin", h.plugin());
        fields.put("enabled", h.enabled());
        fields.put("calls", h.calls());
        fields.put("skipped", h.skipped());
        fields.put("averageMicros", Math.round(h.averageMicros() * 10) / 10.0);
        fields.put("conflict", h.conflict());
        fields.put("required", h.required());
        fields.put("missing", h.missing());
        return fields;
    }
}
