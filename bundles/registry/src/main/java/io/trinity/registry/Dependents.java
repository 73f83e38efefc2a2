package io.trinity.registry;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.registry.PluginRegistry.Candidate;
import java.util.List;
import java.util.Optional;

/** Who depends on whom among the plugins that are there. */
final class Dependents {
    private final Entries entries;

    Dependents(Entries entries) {
        this.entries = entries;
    }

    /** Names of the plugins whose newest version depends on one. */
    List<String> names(String name) {
        return entries.all()
                .filter(e -> e.candidate().filter(c -> dependsOn(c.manifest(), name)).isPresent())
                .map(PluginEntry::name)
                .toList();
    }

    /** Manifests of the plugins that serve and depend on one. */
    List<Manifest> serving(String name) {
        return entries.all()
                .flatMap(e -> served(e).stream())
                .filter(m -> dependsOn(m, name))
                .toList();
    }

    /** Manifest of the version that serves. */
    Optional<Manifest> servedManifest(String name) {
        return entries.find(name).flatMap(Dependents::served);
    }

    /** What the dependency rules ask about the others. */
    Dependencies rules() {
        return new Dependencies(
                name ->
                        entries.find(name)
                                .map(
                                        e ->
                                                new Dependencies.Other(
                                                        e.state(),
                                                        e.fault().map(Fault::code),
                                                        served(e),
                                                        e.candidate().map(Candidate::manifest))));
    }

    /** Tells those that serve and depend on one what became of it. Within a change. */
    void tell(String name, String what) {
        for (Manifest m : serving(name)) {
            entries.find(m.name()).ifPresent(e -> entries.announceDependency(e, name, what));
        }
    }

    private static Optional<Manifest> served(PluginEntry e) {
        return Optional.ofNullable(e.serving()).map(s -> s.generation().manifest());
    }

    private static boolean dependsOn(Manifest manifest, String name) {
        return manifest.dependencies().stream().anyMatch(d -> d.name().equals(name));
    }
}
