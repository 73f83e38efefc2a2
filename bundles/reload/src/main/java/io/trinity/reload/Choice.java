package io.trinity.reload;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * Which file of a plugin's name is to serve, from what the folder holds and what serves. Pure.
 *
 * <p>The highest version goes first; of equal versions the file that serves, then one with the same
 * bytes, then the first by name. A file that was refused stands in nobody's way. What serves goes
 * on as long as any file of the folder stands for it: one that brings the plugin, be it refused, or
 * the one that it came from, be it damaged.
 */
sealed interface Choice {
    /** Nothing is to be done: this file is what serves. */
    record Serve(String file) implements Choice {}

    /** This file is to be loaded. */
    record Load(String file) implements Choice {}

    /** Nothing can be loaded; what serves goes on, and this file stands for it. */
    record GoOn(String file) implements Choice {}

    /** Nothing serves, and all were refused; this is the first of them. */
    record Refused(String file) implements Choice {}

    /** The plugin is off; this is the file that would serve. */
    record Off(String file) implements Choice {}

    /** No file stands for the plugin. */
    record Gone() implements Choice {}

    /**
     * A file whose content brings the plugin.
     *
     * @param file its name
     * @param refused whether this content was refused, and nothing has changed since
     */
    record Candidate(String file, String digest, Version version, boolean refused) {}

    /**
     * What serves.
     *
     * @param file that it came from
     * @param fileStands whether that file is still there and brings no other plugin that serves
     */
    record Served(String file, String digest, boolean fileStands) {}

    /**
     * Chooses.
     *
     * @param off whether the plugin was unloaded by command
     * @param again whether what serves is to be loaded anew
     */
    static Choice of(
            List<Candidate> candidates, Optional<Served> served, boolean off, boolean again) {
        List<Candidate> order = candidates.stream().sorted(order(served)).toList();
        Optional<String> stands =
                served.filter(Served::fileStands)
                        .map(Served::file)
                        .or(() -> order.stream().findFirst().map(Candidate::file));
        if (off) {
            return order.stream()
                    .findFirst()
                    .map(Candidate::file)
                    .or(() -> stands)
                    .<Choice>map(Off::new)
                    .orElseGet(Gone::new);
        }
        for (Candidate c : order) {
            if (!c.refused()) {
                boolean serves = served.filter(s -> s.digest().equals(c.digest())).isPresent();
                return serves && !again ? new Serve(c.file()) : new Load(c.file());
            }
        }
        if (stands.isEmpty()) {
            return new Gone();
        }
        return served.isPresent() ? new GoOn(stands.get()) : new Refused(stands.get());
    }

    private static Comparator<Candidate> order(Optional<Served> served) {
        return Comparator.comparing(Candidate::version)
                .reversed()
                .thenComparing(c -> served.filter(s -> s.file().equals(c.file())).isEmpty())
                .thenComparing(c -> served.filter(s -> s.digest().equals(c.digest())).isEmpty())
                .thenComparing(Candidate::file);
    }
}
