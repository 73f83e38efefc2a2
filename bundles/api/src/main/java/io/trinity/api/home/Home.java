package io.trinity.api.home;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one running Trinity.
 *
 * @param root absolute path of the folder
 */
public record Home(Path root) {
    /** Framework property that holds the absolute path of the folder. */
    public static final String PROPERTY = "trinity.home";

    /**
     * Framework property: absolute path of the folder whose files are brought into Config Admin.
     * Without it the host reads none, and is configured by whoever else does.
     */
    public static final String CONF_PROPERTY = "trinity.conf";

    /** Framework property: a folder of files that hold where the first lacks one of that name. */
    public static final String CONF_DEFAULTS_PROPERTY = "trinity.conf.defaults";

    public Home {
        Objects.requireNonNull(root, "root");
    }

    /**
     * The home that a framework property names.
     *
     * @param property value of {@link #PROPERTY}
     * @throws IllegalStateException if it is not set
     */
    public static Home of(@Nullable String property) {
        if (property == null || property.isBlank()) {
            throw new IllegalStateException(
                    "framework property "
                            + PROPERTY
                            + " is not set; set it to the instance's folder, in Karaf by a line "
                            + PROPERTY
                            + "=/absolute/path in etc/system.properties, and restart");
        }
        return new Home(Path.of(property).toAbsolutePath().normalize());
    }

    /** Where plugins are dropped. */
    public Path plugins() {
        return root.resolve("plugins");
    }

    /** Configuration files. */
    public Path conf() {
        return root.resolve("conf");
    }

    /** Where data files are dropped to be processed. */
    public Path inbox() {
        return root.resolve("inbox");
    }

    /** Where results appear. */
    public Path outbox() {
        return root.resolve("outbox");
    }

    /** The host's own files; nobody else writes here. */
    public Path data() {
        return root.resolve("data");
    }

    /** Log files. */
    public Path log() {
        return root.resolve("log");
    }
}
