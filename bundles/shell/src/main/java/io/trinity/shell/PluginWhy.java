package io.trinity.shell;

import io.trinity.api.config.Configurations;
import io.trinity.api.manifest.Manifest.CapabilityNeed;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.policy.Grants;
import io.trinity.api.policy.Grants.Verdict;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.registry.PluginRegistry.Candidate;
import io.trinity.api.registry.PluginRegistry.FailedCall;
import io.trinity.api.text.Escaped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code plugin:why}. */
@Component(
        service = PluginWhy.class,
        immediate = true,
        property = {"osgi.command.scope=plugin", "osgi.command.function=why"})
public final class PluginWhy {
    static final String USAGE = "plugin:why NAME [--json]";

    private final PluginRegistry registry;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Grants grants;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Configurations configurations;

    @Activate
    public PluginWhy(@Reference PluginRegistry registry) {
        this.registry = registry;
    }

    @Descriptor("why a plugin is as it is, and what it may do and why; usage: " + USAGE)
    public @Nullable String why(@Descriptor("NAME [--json]") String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, arguments);
        PluginSnapshot plugin = PluginNames.require(registry, line.value(0));
        Optional<Candidate> candidate = registry.candidate(plugin.name());
        List<Judged> judged =
                candidate
                        .map(
                                c ->
                                        judged(
                                                Present.require(
                                                        grants, Grants.class, "io.trinity.sandbox"),
                                                c))
                        .orElse(List.of());
        Optional<FailedCall> failed = registry.lastFailedCall(plugin.name());
        List<String> problems = problems(plugin.name());
        if (line.has("--json")) {
            Map<String, @Nullable Object> fields = fields(plugin, judged);
            fields.put("lastFailedCall", failed.map(PluginWhy::fields).orElse(null));
            fields.put("problems", problems);
            return Answer.of(Json.write(fields));
        }
        return Answer.of(
                PluginText.line(plugin)
                        + next(plugin)
                        + failed.map(PluginWhy::told).orElse("")
                        + problems.stream()
                                .map(p -> "    CONFIG_INVALID: " + Escaped.line(p) + "\n")
                                .collect(Collectors.joining())
                        + table(plugin, candidate, judged));
    }

    /** What of the plugin's own configuration does not hold. */
    private List<String> problems(String name) {
        Configurations all = configurations;
        Grants policy = grants;
        List<String> problems = new ArrayList<>();
        if (all != null) {
            String place = all.place("io.trinity.plugin~" + name);
            all.problems().stream()
                    .filter(p -> p.startsWith(place + ":") || p.startsWith(place + " "))
                    .forEach(problems::add);
        }
        if (policy != null) {
            // What only the policy can find; what else it tells stands above, with its line.
            List<String> known = List.copyOf(problems);
            policy.problems(name).stream()
                    .filter(p -> known.stream().noneMatch(k -> k.contains(": " + key(p) + ":")))
                    .forEach(problems::add);
        }
        return List.copyOf(problems);
    }

    /** The key that a problem begins with, behind its file. */
    private static String key(String problem) {
        return problem.substring(problem.indexOf(": ") + 2).split("[=: ]", 2)[0];
    }

    /** What its calls end in, which its state does not show. */
    private static String told(FailedCall last) {
        return "    "
                + Escaped.line(
                        "its last call that failed: %s at %s: %s: %s"
                                .formatted(
                                        last.function(),
                                        Units.time(last.at()),
                                        last.fault().code(),
                                        last.fault().message()))
                + "\n";
    }

    private static Map<String, @Nullable Object> fields(FailedCall last) {
        Map<String, @Nullable Object> fields = Json.fault(last.fault());
        fields.put("function", last.function());
        fields.put("at", last.at().toString());
        return fields;
    }

    /** A capability that it declares, and what was decided about it. */
    private record Judged(CapabilityNeed need, Verdict verdict) {}

    private static List<Judged> judged(Grants grants, Candidate candidate) {
        return candidate.manifest().capabilities().stream()
                .map(
                        need ->
                                new Judged(
                                        need,
                                        grants.verdict(
                                                candidate.manifest().name(),
                                                candidate.digest(),
                                                need.capability())))
                .toList();
    }

    /** What can be done about its state, where its error does not say it. */
    private static String next(PluginSnapshot p) {
        if (p.disabled()) {
            return "    it was unloaded by command and its file is left alone; plugin:load "
                    + p.name()
                    + " loads it\n";
        }
        if (p.state() == PluginState.PAUSED) {
            return "    it was paused by command; plugin:resume " + p.name() + " lets it serve\n";
        }
        if (p.state() == PluginState.UNLOADED && p.error().isEmpty()) {
            return "    its bundle was stopped or uninstalled, and not by plugin:unload;"
                    + " plugin:load "
                    + p.name()
                    + " loads it again\n";
        }
        return p.error()
                .map(
                        e ->
                                "    docs/errors.md explains "
                                        + e.code()
                                        + "; plugin:retry "
                                        + p.name()
                                        + " tries again\n")
                .orElse("");
    }

    private static String table(
            PluginSnapshot plugin, Optional<Candidate> candidate, List<Judged> judged) {
        if (candidate.isEmpty()) {
            return "no manifest of it was read: what it declares is not known\n";
        }
        if (judged.isEmpty()) {
            return "it declares no capabilities\n";
        }
        Table table = new Table("CAPABILITY", "RISK", "NEEDED", "VERDICT", "SCOPE", "BECAUSE");
        for (Judged j : judged) {
            Verdict v = j.verdict;
            List<String> notes = new ArrayList<>();
            if (!j.need.why().isEmpty()) {
                notes.add("it says:");
                notes.addAll(Folded.quoted(j.need.why()));
            }
            notes.addAll(
                    v.granted()
                            ? VerdictText.lack(plugin.name(), v)
                            : VerdictText.remedy(plugin.name(), v));
            table.row(
                    notes,
                    v.capability().label(),
                    VerdictText.risk(v.capability()),
                    j.need.optional() ? "optional" : "yes",
                    VerdictText.granted(v),
                    VerdictText.scope(v),
                    v.because());
        }
        return table.toString();
    }

    private static Map<String, @Nullable Object> fields(PluginSnapshot p, List<Judged> judged) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", p.name());
        fields.put("version", p.version().toString());
        fields.put("state", p.state().label());
        fields.put("disabled", p.disabled());
        fields.put("error", p.error().map(Json::fault).orElse(null));
        fields.put("warnings", p.warnings());
        fields.put(
                "capabilities",
                judged.stream()
                        .map(
                                j -> {
                                    Map<String, @Nullable Object> f =
                                            VerdictText.fields(p.name(), j.verdict);
                                    f.put("optional", j.need.optional());
                                    f.put("why", j.need.why());
                                    return f;
                                })
                        .toList());
        return fields;
    }
}
