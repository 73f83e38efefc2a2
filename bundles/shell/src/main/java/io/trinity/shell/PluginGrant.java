package io.trinity.shell;

import io.trinity.api.log.AuditLine;
import io.trinity.api.manifest.Manifest.CapabilityNeed;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.policy.Grants;
import io.trinity.api.policy.Grants.Verdict;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.registry.PluginRegistry.Candidate;
import io.trinity.api.text.Escaped;
import java.time.Duration;
import java.util.LinkedHashMap;
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

/** {@code plugin:grant} and {@code plugin:revoke}. */
@Component(
        service = PluginGrant.class,
        immediate = true,
        property = {
            "osgi.command.scope=plugin",
            "osgi.command.function=grant",
            "osgi.command.function=revoke"
        })
public final class PluginGrant {
    static final String GRANT_USAGE = "plugin:grant NAME CAPABILITY [SCOPE...] [--json]";
    static final String REVOKE_USAGE = "plugin:revoke NAME CAPABILITY [--json]";

    /**
     * Stands for the file of a plugin of which no manifest could be read: nothing is bound to it.
     */
    private static final String NO_DIGEST = "0".repeat(64);

    private final PluginRegistry registry;
    private final Recovery recovery;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Grants grants;

    @Activate
    public PluginGrant(@Reference PluginRegistry registry) {
        this(registry, new Recovery(Duration.ofSeconds(20), Duration.ofMillis(50)));
    }

    PluginGrant(PluginRegistry registry, Recovery recovery) {
        this.registry = registry;
        this.recovery = recovery;
    }

    @Descriptor(
            "allows a capability that a plugin declares; SCOPE (a directory, HOST:PORT) takes the"
                    + " place of the one before; usage: "
                    + GRANT_USAGE)
    public @Nullable String grant(
            @Descriptor("NAME CAPABILITY [SCOPE...] [--json]") String... arguments)
            throws InterruptedException {
        CommandLine line = CommandLine.parse(GRANT_USAGE, arguments);
        PluginSnapshot before = PluginNames.require(registry, line.value(0));
        Capability capability = CapabilityNames.require(line.value(1));
        Verdict verdict =
                ShellAudit.refusals(
                        AuditLine.of("grant.refused")
                                .with("plugin", before.name())
                                .with("capability", capability.label())
                                .with("scope", line.from(2)),
                        () -> granted(line, before, capability));
        boolean waited = wasRefusedFor(before, capability);
        Optional<PluginSnapshot> after =
                waited ? recovery.await(registry, before) : registry.find(before.name());
        boolean unchanged =
                waited && after.map(PluginSnapshot::error).equals(Optional.of(before.error()));
        return Answer.of(
                answer(line, verdict, after)
                        + (unchanged && !line.has("--json")
                                ? "    it was not loaded within "
                                        + recovery.most().toSeconds()
                                        + " s; plugin:retry "
                                        + before.name()
                                        + " tries again\n"
                                : ""));
    }

    private Verdict granted(CommandLine line, PluginSnapshot before, Capability capability) {
        Candidate candidate = declaring(before, capability);
        Verdict verdict =
                Refusals.told(
                        () ->
                                service()
                                        .grant(
                                                before.name(),
                                                candidate.digest(),
                                                capability,
                                                ScopeWords.joined(line.from(2))));
        if (!verdict.granted()) {
            throw CommandFailure.of(
                    ErrorCode.CAPABILITY_DENIED,
                    "plugin '"
                            + before.name()
                            + "': "
                            + capability.label()
                            + " is still denied: "
                            + verdict.because());
        }
        return verdict;
    }

    @Descriptor("takes a capability back, at once and for all versions; usage: " + REVOKE_USAGE)
    public @Nullable String revoke(@Descriptor("NAME CAPABILITY [--json]") String... arguments) {
        CommandLine line = CommandLine.parse(REVOKE_USAGE, arguments);
        String name = PluginNames.require(registry, line.value(0)).name();
        Capability capability = CapabilityNames.require(line.value(1));
        Optional<Candidate> candidate = registry.candidate(name);
        String digest = candidate.map(Candidate::digest).orElse(NO_DIGEST);
        boolean had = Refusals.told(() -> service().verdict(name, digest, capability)).granted();
        Verdict verdict =
                ShellAudit.refusals(
                        AuditLine.of("revoke.refused")
                                .with("plugin", name)
                                .with("capability", capability.label()),
                        () -> Refusals.told(() -> service().revoke(name, digest, capability)));
        // Taken back in any case: a line for another version may have granted it.
        if (!had && candidate.isPresent() && need(candidate.get(), capability).isEmpty()) {
            throw CommandFailure.of(
                    ErrorCode.CAPABILITY_UNDECLARED,
                    candidate.get().manifest().ref()
                            + ": it does not declare "
                            + capability.label()
                            + ", so there is nothing to take back");
        }
        Optional<PluginSnapshot> plugin = registry.find(name);
        return Answer.of(
                line.has("--json")
                        ? answer(line, verdict, plugin)
                        : revoked(name, had, verdict)
                                + answer(line, verdict, plugin)
                                + candidate
                                        .map(c -> after(need(c, capability), verdict, plugin))
                                        .orElse(""));
    }

    private static String revoked(String name, boolean had, Verdict verdict) {
        String what = "%s of plugin '%s'".formatted(verdict.capability().label(), name);
        if (verdict.granted()) {
            return "not revoked: " + what + " is still granted\n";
        }
        return had
                ? "revoked: " + what + ", at once and for all versions\n"
                : "revoked: " + what + ", which was not granted to the version that is here\n";
    }

    /** What follows from a capability that is denied. */
    private static String after(
            Optional<CapabilityNeed> need, Verdict verdict, Optional<PluginSnapshot> plugin) {
        if (verdict.granted()) {
            return "";
        }
        if (need.isEmpty()) {
            return "    its manifest does not declare it\n";
        }
        boolean serves = plugin.filter(p -> p.generation() != 0).isPresent();
        if (need.get().optional()) {
            return serves
                    ? "    it goes on without it, also after a reload: its manifest says optional\n"
                    : "    it can be loaded without it: its manifest says optional\n";
        }
        return serves
                ? "    it serves on, and its calls of it fail; its next reload is refused, and"
                        + " after a restart it does not come up, until it is granted again\n"
                : "    it is not loaded until it is granted again\n";
    }

    private static Optional<CapabilityNeed> need(Candidate candidate, Capability capability) {
        return candidate.manifest().capabilities().stream()
                .filter(need -> need.capability() == capability)
                .findFirst();
    }

    private Grants service() {
        return Present.require(grants, Grants.class, "io.trinity.sandbox");
    }

    private Candidate declaring(PluginSnapshot plugin, Capability capability) {
        Candidate candidate =
                registry.candidate(plugin.name())
                        .orElseThrow(
                                () ->
                                        CommandFailure.of(
                                                ErrorCode.MANIFEST_MISSING,
                                                "plugin '"
                                                        + plugin.name()
                                                        + "': no manifest of it was read, so it"
                                                        + " declares nothing that could be granted;"
                                                        + " see plugin:info "
                                                        + plugin.name()));
        if (need(candidate, capability).isEmpty()) {
            throw CommandFailure.of(
                    ErrorCode.CAPABILITY_UNDECLARED,
                    candidate.manifest().ref()
                            + ": it does not declare "
                            + capability.label()
                            + ", so a grant would change nothing; its author adds it to the"
                            + " capabilities of the manifest");
        }
        return candidate;
    }

    private static boolean wasRefusedFor(PluginSnapshot plugin, Capability capability) {
        return plugin.error()
                .filter(e -> e.code() == ErrorCode.CAPABILITY_DENIED)
                .filter(e -> e.message().contains(capability.label()))
                .isPresent();
    }

    private static String answer(
            CommandLine line, Verdict verdict, Optional<PluginSnapshot> plugin) {
        if (line.has("--json")) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("verdict", VerdictText.fields(line.value(0), verdict));
            fields.put("plugin", plugin.map(Json::plugin).orElse(null));
            return Json.write(fields);
        }
        StringBuilder told = new StringBuilder(Escaped.line(VerdictText.line(verdict)) + "\n");
        VerdictText.lack(line.value(0), verdict)
                .forEach(lack -> told.append(Escaped.line(lack)).append('\n'));
        return told + plugin.map(PluginText::line).orElse(line.value(0) + " has gone meanwhile\n");
    }
}
