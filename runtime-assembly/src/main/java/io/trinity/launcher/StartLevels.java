package io.trinity.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** At which start level a host bundle starts, by symbolic name: {@code start-levels.properties}. */
final class StartLevels {
    /** Level of everything that is not named. */
    static final int DEFAULT = 10;

    private final Properties levels;

    private StartLevels(Properties levels) {
        this.levels = levels;
    }

    static StartLevels load() throws IOException {
        try (InputStream in = StartLevels.class.getResourceAsStream("start-levels.properties")) {
            if (in == null) {
                throw new IllegalStateException("start-levels.properties is not in the launcher");
            }
            Properties levels = new Properties();
            levels.load(in);
            return new StartLevels(levels);
        }
    }

    int of(String symbolicName) {
        return Integer.parseInt(levels.getProperty(symbolicName, Integer.toString(DEFAULT)));
    }
}
