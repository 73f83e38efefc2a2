package io.trinity.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What must be done so that the framework holds exactly the distribution's bundles. Decides only.
 *
 * @param uninstall locations that the distribution no longer has
 * @param update locations whose file has other bytes than those installed
 * @param install locations that are new
 */
record BundleSync(List<String> uninstall, List<String> update, List<String> install) {
    /** Location scheme of host bundles: used in place, not copied. Other bundles are not ours. */
    static final String SCHEME = "reference:";

    BundleSync {
        uninstall = List.copyOf(uninstall);
        update = List.copyOf(update);
        install = List.copyOf(install);
    }

    /**
     * Compares.
     *
     * @param installed locations of all bundles in the framework
     * @param recorded digest by location, as written after the last start; may lack some
     * @param wanted digest by location, of the distribution
     */
    static BundleSync between(
            List<String> installed, Map<String, String> recorded, Map<String, String> wanted) {
        List<String> uninstall = new ArrayList<>();
        List<String> update = new ArrayList<>();
        for (String location : installed) {
            if (location.startsWith(SCHEME)) {
                String digest = wanted.get(location);
                if (digest == null) {
                    uninstall.add(location);
                } else if (!digest.equals(recorded.get(location))) {
                    update.add(location);
                }
            }
        }
        List<String> install =
                wanted.keySet().stream().filter(l -> !installed.contains(l)).sorted().toList();
        return new BundleSync(uninstall, update, install);
    }

    boolean isEmpty() {
        return uninstall.isEmpty() && update.isEmpty() && install.isEmpty();
    }
}
