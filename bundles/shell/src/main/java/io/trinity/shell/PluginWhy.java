package io.trinity.shell;

import io.trinity.api.manifest.Manifest.CapabilityNeed;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.registry.PluginRegistry.Candidate;
import io.trinity.api.sandbox.Grants;
import io.trinity.api.sandbox.Grants.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return Answer.of(
                line.has("--json")
                        ? Json.write(fields(plugin, judged))
                        : PluginText.line(plugin)
                                + next(plugin)
                                + table(plugin, candidate, judged));
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
            String why = j.need.why().isEmpty() ? "" : "it says: " + j.need.why() + "\n";
            table.row(
                    why
                            + (v.granted()
                                    ? VerdictText.lack(plugin.name(), v)
                                    : VerdictText.remedy(plugin.name(), v)),
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
