package io.trinity.shell;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.reload.CheckReport;
import io.trinity.api.text.Escaped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A check's report, for people and for programs. */
final class CheckText {
    private CheckText() {}

    /** The facts of the manifest, the warnings and the verdict; the fault itself is told apart. */
    static String of(Path file, CheckReport report) {
        StringBuilder out = new StringBuilder();
        report.manifest().ifPresent(m -> facts(m).forEach((k, v) -> line(out, k, v)));
        report.warnings().forEach(w -> line(out, "warning", w));
        String verdict = report.fault().isEmpty() ? "would load" : "would not load";
        return out.append(Escaped.line(String.valueOf(file.getFileName())))
                .append(": ")
                .append(verdict)
                .append('\n')
                .toString();
    }

    /** The same as fields of JSON. */
    static Map<String, @Nullable Object> fields(Path file, CheckReport report) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("file", file.toString());
        fields.put("wouldLoad", report.fault().isEmpty());
        fields.put("manifest", report.manifest().map(CheckText::facts).orElse(null));
        fields.put("warnings", report.warnings());
        fields.put("error", report.fault().map(Json::fault).orElse(null));
        return fields;
    }

    private static Map<String, String> facts(Manifest m) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("plugin", m.name() + " " + m.version());
        facts.put("type", m.type().map(t -> t.label()).orElse("hooks only"));
        facts.put("contract", m.contract().toString());
        list(facts, "capabilities", m.capabilities(), CheckText::capability);
        list(facts, "hooks", m.hooks(), CheckText::hook);
        list(facts, "depends on", m.dependencies(), d -> d.name() + " " + d.version());
        m.modality().ifPresent(x -> facts.put("modality", x.name() + " of " + x.contentTypes()));
        m.stateVersion().ifPresent(v -> facts.put("state version", v.toString()));
        facts.put("batch, instances", m.batch() + ", " + m.instances());
        List<String> config = new ArrayList<>(m.config().keySet());
        list(facts, "config", config.stream().sorted().toList(), c -> c);
        return facts;
    }

    private static String capability(Manifest.CapabilityNeed need) {
        return need.capability().label()
                + " ("
                + need.capability().risk().name().toLowerCase(Locale.ROOT)
                + " risk"
                + (need.optional() ? ", optional)" : ")");
    }

    private static String hook(Manifest.HookDeclaration wish) {
        return wish.point().label()
                + (wish.name().isEmpty() ? "" : " " + wish.name())
                + " at "
                + wish.priority()
                + (wish.required() ? ", required" : "");
    }

    private static <T> void list(
            Map<String, String> facts, String key, List<T> items, Function<T, String> text) {
        if (!items.isEmpty()) {
            facts.put(key, items.stream().map(text).collect(Collectors.joining(", ")));
        }
    }

    private static void line(StringBuilder out, String key, String value) {
        out.append(String.format("  %-16s %s%n", key, Escaped.line(value)));
    }
}
