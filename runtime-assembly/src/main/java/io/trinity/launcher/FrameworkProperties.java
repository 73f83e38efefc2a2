package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.util.HashMap;
import java.util.Map;

/** What the framework and the bundles are configured with before they start. */
final class FrameworkProperties {
    /** Level at which all is up. */
    static final int BEGINNING_LEVEL = 20;

    private static final String CONF_POLL_MILLIS = "1000";

    private FrameworkProperties() {}

    static Map<String, String> of(Home home, Distribution distribution) {
        Map<String, String> p = new HashMap<>();
        p.put(Home.PROPERTY, home.root().toString());
        // Never cleaned: generated bundles and Config Admin's store live there.
        p.put("org.osgi.framework.storage", home.data().resolve("framework").toString());
        p.put("org.osgi.framework.startlevel.beginning", Integer.toString(BEGINNING_LEVEL));
        // Bundles that the host makes at run time stand on the level of those that make them.
        p.put("felix.startlevel.bundle", Integer.toString(StartLevels.DEFAULT));
        // Felix HTTP would listen at port 8080 of all addresses when started without configuration.
        p.put("org.apache.felix.http.require.config", "true");
        p.put("org.osgi.service.http.port", "-1");
        p.put("gosh.home", distribution.shellHome().toString());
        // Gogo's own shell gives its commands, and leaves the terminal to ours.
        p.put("gosh.args", "--nointeractive");
        fileInstall(p, home);
        return p;
    }

    /**
     * The watch on conf/. The plugin folder is looked at by reload: what is dropped among plugins
     * must never become configuration.
     */
    private static void fileInstall(Map<String, String> p, Home home) {
        // A list that is split at commas before properties are put in: so written, any name is one.
        p.put("felix.fileinstall.dir", "${" + Home.PROPERTY + "}/" + home.conf().getFileName());
        p.put("felix.fileinstall.filter", ".*[.](cfg|config)");
        p.put("felix.fileinstall.poll", CONF_POLL_MILLIS);
        p.put("felix.fileinstall.noInitialDelay", "true");
        // Polling is slower to notice by a fraction of a second, and never silent for good.
        p.put("felix.fileinstall.disableNio2", "true");
        // It would rewrite an operator's file in place at every change: see ADR 0010.
        p.put("felix.fileinstall.enableConfigSave", "false");
        p.put("felix.fileinstall.tmpdir", home.data().resolve("fileinstall-conf").toString());
        p.put("felix.fileinstall.bundles.new.start", "false");
        p.put("felix.fileinstall.log.level", "3");
    }
}
