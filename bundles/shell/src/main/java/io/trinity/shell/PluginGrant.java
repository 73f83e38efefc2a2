package io.trinity.shell;

import io.trinity.api.log.AuditLine;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.registry.PluginRegistry.Candidate;
import io.trinity.api.sandbox.Grants;
import io.trinity.api.sandbox.Grants.Verdict;
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

    @Descriptor("allows a capability that a plugin declares; usage: " + GRANT_USAGE)
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
        String digest = registry.candidate(name).map(Candidate::digest).orElse(NO_DIGEST);
        Verdict verdict =
                ShellAudit.refusals(
                        AuditLine.of("revoke.refused")
                                .with("plugin", name)
                                .with("capability", capability.label()),
                        () -> Refusals.told(() -> service().revoke(name, digest, capability)));
        return Answer.of(answer(line, verdict, registry.find(name)));
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
        boolean declared =
                candidate.manifest().capabilities().stream()
                        .anyMatch(need -> need.capability() == capability);
        if (!declared) {
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
        return VerdictText.line(verdict)
                + "\n"
                + (VerdictText.opensNothing(verdict)
                        ? VerdictText.lack(line.value(0), verdict) + "\n"
                        : "")
                + plugin.map(PluginText::line).orElse(line.value(0) + " has gone meanwhile\n");
    }
}
