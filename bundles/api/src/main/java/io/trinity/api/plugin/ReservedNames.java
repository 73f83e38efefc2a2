package io.trinity.api.plugin;

import java.util.Locale;
import java.util.Set;

/**
 * Names that are the host's own wherever strangers choose names: of plugins, storage backends,
 * modalities, custom hooks and metrics. Whatever a log, a command or an exporter makes of a name,
 * none of a stranger's becomes one of these. Pure.
 */
public final class ReservedNames {
    private static final Set<String> ALL = Set.of("host", "trinity", "jvm");

    private ReservedNames() {}

    /** Whether it is one of the host's: without regard to case and to {@code . - _} in it. */
    public static boolean isReserved(String name) {
        return ALL.contains(name.replaceAll("[._-]", "").toLowerCase(Locale.ROOT));
    }

    /**
     * Whether it stands within one of the host's name spaces: its first part, up to {@code . - _},
     * is the host's. Exporters write all three alike.
     */
    public static boolean isWithinReserved(String name) {
        return isReserved(name)
                || isReserved(name.replaceFirst("^[._-]+", "").split("[._-]", 2)[0]);
    }

    /** For messages. */
    public static String words() {
        return "host, trinity and jvm";
    }
}
