package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What the framework and the bundles are configured with before they start. */
final class FrameworkProperties {
    /** Level at which all is up. */
    static final int BEGINNING_LEVEL = 20;

    private FrameworkProperties() {}

    static Map<String, String> of(Home home, Distribution distribution) throws IOException {
        Map<String, String> p = new HashMap<>();
        p.put(Home.PROPERTY, home.root().toString());
        p.put(Home.CONF_PROPERTY, home.conf().toString());
        if (!HomeFolders.lacking(home, distribution.conf()).isEmpty()) {
            // They could not be put there.
            p.put(Home.CONF_DEFAULTS_PROPERTY, distribution.conf().toString());
        }
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
        fileInstall(p);
        return p;
    }

    /**
     * FileInstall always has a watch of its own; without these it would be on {@code ./load}. conf/
     * is read by {@code io.trinity.configuration} (ADR 0026), and the plugin folder by reload.
     */
    private static void fileInstall(Map<String, String> p) {
        // A list that is split at commas before properties are put in: so written, any name is one.
        String nothing = "${" + Home.PROPERTY + "}/data/fileinstall-none";
        p.put("felix.fileinstall.dir", nothing);
        p.put("felix.fileinstall.filter", "(?!)");
        p.put("felix.fileinstall.poll", Integer.toString(Integer.MAX_VALUE));
        p.put("felix.fileinstall.noInitialDelay", "true");
        p.put("felix.fileinstall.disableNio2", "true");
        // It would rewrite an operator's file in place at every change: see ADR 0010.
        p.put("felix.fileinstall.enableConfigSave", "false");
        p.put("felix.fileinstall.tmpdir", nothing);
        p.put("felix.fileinstall.bundles.new.start", "false");
        p.put("felix.fileinstall.log.level", "1");
    }
}
