package io.trinity.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether the host is up, decided from what was observed of it.
 *
 * @param waitingFor what is still missing, in words; empty when ready
 */
record Readiness(List<String> waitingFor) {
    Readiness {
        waitingFor = List.copyOf(waitingFor);
    }

    boolean isReady() {
        return waitingFor.isEmpty();
    }

    /**
     * Decides.
     *
     * @param startLevel the framework's present start level
     * @param wantedLevel the level at which it is up
     * @param idleBundles host bundles that should be active and are not
     * @param missingServices services that some host bundle should provide and does not
     * @param restored whether the plugins of the last run are back
     */
    static Readiness of(
            int startLevel,
            int wantedLevel,
            List<String> idleBundles,
            List<String> missingServices,
            boolean restored) {
        List<String> waiting = new ArrayList<>();
        if (startLevel < wantedLevel) {
            waiting.add("start level " + wantedLevel + " (now " + startLevel + ")");
        }
        idleBundles.forEach(b -> waiting.add("bundle " + b));
        missingServices.forEach(s -> waiting.add("service " + s));
        if (!restored) {
            waiting.add("plugins that are being loaded");
        }
        return new Readiness(waiting);
    }
}
