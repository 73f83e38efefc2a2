package io.trinity.telemetry;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;

/** Says each trouble once, when it begins, and that it is over, once. Confined to one thread. */
final class RecurringWarnings {
    private final Logger log;
    private final Map<String, String> present = new HashMap<>();

    RecurringWarnings(Logger log) {
        this.log = log;
    }

    /**
     * Something does not work.
     *
     * @param who has the trouble
     * @param code names the trouble; another one is told of anew, the same one is not
     */
    void trouble(String who, String code, String text) {
        if (!code.equals(present.put(who, code))) {
            log.warn("code={} {}: {}", code, who, text);
        }
    }

    /** It works. */
    void fine(String who) {
        if (present.remove(who) != null) {
            log.info("{} works again", who);
        }
    }

    /** Forgets those who are not there any more. */
    void keep(Set<String> who) {
        present.keySet().retainAll(who);
    }
}
