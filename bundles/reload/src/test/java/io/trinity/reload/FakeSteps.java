package io.trinity.reload;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.Dependency;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * Steps without modules and bundles. A plugin's file is a line: {@code NAME VERSION DEPENDENCY...};
 * one that is empty is no module.
 */
final class FakeSteps implements LoadSteps {
    /** What was done, in its order: {@code load alpha}, {@code start beta}, {@code unload mu}. */
    final List<String> taken = new ArrayList<>();

    /** Plugins whose loads were to be given up. */
    final List<String> givenUp = new ArrayList<>();

    /** Plugins whose loads somebody came to wait for. */
    final List<String> hurried = new ArrayList<>();

    /** Contents that are refused when they are loaded. */
    final Set<String> refused = new HashSet<>();

    /** Why they are. */
    ErrorCode refusedFor = ErrorCode.CAPABILITY_DENIED;

    /** The limits of all plugins. */
    Object limits = "";

    /** Whether what is unloaded serves on, against all rules. */
    boolean outlives;

    /** Whether what was committed cannot be started as it is. */
    boolean stale;

    /** Whether the type of plugins is there. */
    boolean typed = true;

    /** What happens while the next load is under way, after it has read its file. */
    Runnable meanwhile = () -> {};

    /** Bundles that are kept over a restart, by the digest of what they were made from. */
    private final Map<String, Manifest> bundles;

    private final FakePlugins plugins;
    private final Committed committed;

    FakeSteps(FakePlugins plugins, Committed committed, Map<String, Manifest> bundles) {
        this.plugins = plugins;
        this.committed = committed;
        this.bundles = bundles;
    }

    static Manifest manifest(String text) {
        List<String> words = Arrays.asList(text.split(" "));
        return new Manifest(
                new Version("0.1.0"),
                words.get(0),
                new Version(words.get(1)),
                Optional.empty(),
                "",
                "",
                "",
                List.of(),
                List.of(),
                words.subList(2, words.size()).stream()
                        .map(n -> new Dependency(n, new VersionRange("0")))
                        .toList(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                1,
                1,
                Optional.empty(),
                Map.of(),
                List.of());
    }

    private static PluginException refusal(ErrorCode code, PluginRef who) {
        return PluginException.of(code, who, "it is refused", "mend it");
    }

    @Override
    public Optional<PluginException> awaited(Manifest manifest) {
        return typed
                ? Optional.empty()
                : Optional.of(refusal(ErrorCode.TYPE_UNKNOWN, manifest.ref()));
    }

    @Override
    public Map<String, Manifest> recall() {
        committed.read();
        Map<String, Manifest> manifests = new HashMap<>();
        for (String plugin : committed.plugins()) {
            Manifest m = bundles.get(committed.find(plugin).orElseThrow().digest());
            if (m != null) {
                manifests.put(plugin, m);
            }
        }
        return manifests;
    }

    @Override
    public Examination examine(Path path, Optional<Examination> before) {
        try {
            byte[] bytes = Files.readAllBytes(path);
            String digest = Sha256.hex(bytes);
            return bytes.length == 0
                    ? new Examination(
                            digest,
                            Optional.empty(),
                            Optional.of(refusal(ErrorCode.MODULE_MALFORMED, PluginFile.ref(path))))
                    : new Examination(
                            digest, Optional.of(manifest(new String(bytes))), Optional.empty());
        } catch (IOException e) {
            return new Examination(
                    "",
                    Optional.empty(),
                    Optional.of(refusal(ErrorCode.FILE_UNREADABLE, PluginFile.ref(path))));
        }
    }

    @Override
    public boolean start(Commit c) {
        taken.add("start " + c.plugin());
        if (stale) {
            return false;
        }
        Manifest m = bundles.get(c.digest());
        try {
            plugins.preparing(m, c.file(), c.digest());
        } catch (PluginException e) {
            plugins.failed(c.plugin(), c.file(), e);
            return false;
        }
        plugins.serve(m, c.file(), c.generation());
        return true;
    }

    @Override
    public Optional<PluginException> load(Path path, String digest, Manifest m) {
        taken.add("load " + m.name());
        try {
            String text = Files.readString(path);
            if (!Sha256.hex(text.getBytes()).equals(digest)) {
                return Optional.of(refusal(ErrorCode.FILE_UNREADABLE, m.ref()));
            }
            plugins.preparing(m, FoundFile.name(path), digest);
            Runnable now = meanwhile;
            meanwhile = () -> {};
            now.run();
            if (refused.contains(text)) {
                return Optional.of(refusal(refusedFor, m.ref()));
            }
        } catch (IOException e) {
            return Optional.of(refusal(ErrorCode.FILE_UNREADABLE, m.ref()));
        } catch (PluginException e) {
            return Optional.of(e);
        }
        Commit commit =
                new Commit(m.name(), FoundFile.name(path), committed.next(m.name()), digest);
        bundles.put(digest, m);
        committed.put(commit);
        plugins.serve(m, commit.file(), commit.generation());
        return Optional.empty();
    }

    @Override
    public Object limits(String plugin) {
        return limits;
    }

    @Override
    public void giveUp(String plugin) {
        givenUp.add(plugin);
    }

    @Override
    public void hurry(String plugin, String asker) {
        hurried.add(plugin + " for " + asker);
    }

    @Override
    public void unload(String plugin) {
        taken.add("unload " + plugin);
        committed.end(plugin);
        if (!outlives) {
            plugins.end(plugin);
        }
    }
}
