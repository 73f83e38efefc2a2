package io.trinity.policy;

import io.trinity.api.config.Places;
import io.trinity.api.log.Asker;
import io.trinity.api.log.AuditLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the audit log of each change of the effective policy, and whose it is: of the command that
 * waits for it, else of the file that the configuration stands in, else of Config Admin. Grants
 * that are in effect when the host starts are told too: nobody was there to see them come. Used
 * under the policy's lock, but for {@link #asking} and {@link #asked}.
 */
final class PolicyAudit {
    private static final Logger AUDIT = LoggerFactory.getLogger(AuditLine.LOGGER);
    private static final String FILE_NAME = "felix.fileinstall.filename";
    private static final String ELSEWHERE = "config-admin";

    private final Map<String, String> askers = new ConcurrentHashMap<>();
    private Map<String, String> sources = new HashMap<>();

    /** A command is about to change what is configured for a plugin. */
    void asking(String plugin) {
        askers.put(plugin, Asker.now());
    }

    /** It is done, or has given up. */
    void asked(String plugin) {
        askers.remove(plugin);
    }

    /**
     * The policy has changed.
     *
     * @param general values that hold for all plugins, as Config Admin has them
     * @param plugins the same for each plugin
     */
    void changed(
            EffectivePolicy before,
            EffectivePolicy after,
            List<Map<String, Object>> general,
            Map<String, Map<String, Object>> plugins) {
        Map<String, String> now = new HashMap<>();
        plugins.forEach((name, values) -> now.put(name, source(values)));
        general.stream()
                .map(PolicyAudit::source)
                .filter(s -> !s.equals(ELSEWHERE))
                .reduce((a, b) -> a + "," + b)
                .ifPresent(s -> now.put("", s));
        write("", now, PolicyChanges.general(before, after));
        Set<String> names = new TreeSet<>(before.plugins().keySet());
        names.addAll(after.plugins().keySet());
        names.forEach(n -> write(n, now, PolicyChanges.of(n, before, after)));
        sources = now;
    }

    private void write(String plugin, Map<String, String> now, List<AuditLine> lines) {
        if (lines.isEmpty()) {
            return;
        }
        String asker = askers.get(plugin);
        if (asker == null && Asker.isKnown()) {
            asker = Asker.now();
        }
        if (asker == null) {
            // Of what has gone, the place where it stood.
            asker = now.getOrDefault(plugin, sources.getOrDefault(plugin, ELSEWHERE));
        }
        Asker.run(asker, () -> lines.forEach(l -> AUDIT.info("{}", l)));
    }

    private static String source(Map<String, Object> values) {
        @Nullable Object file = values.get(FILE_NAME);
        return file == null ? ELSEWHERE : "file:" + Places.ofFile(file.toString());
    }
}
