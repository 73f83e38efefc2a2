package io.trinity.deployer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back configurations whose file was removed while the host was down. Config Admin keeps what
 * it held, and FileInstall deletes only what it sees go; a grant whose file is gone must not stay
 * in effect. Runs once, at a start level below that of the bundles that are configured.
 */
@Component(
        service = {},
        immediate = true)
public final class ConfigurationSweep {
    /** What FileInstall writes into a configuration that it made: the URI of the file. */
    static final String FILE = "felix.fileinstall.filename";

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationSweep.class);

    /** For DS. */
    @Activate
    public ConfigurationSweep(@Reference ConfigurationAdmin admin) throws IOException {
        Configuration @Nullable [] all;
        try {
            all = admin.listConfigurations("(" + FILE + "=*)");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        if (all == null) {
            return;
        }
        for (Configuration configuration : all) {
            Dictionary<String, Object> values = configuration.getProperties();
            Optional<Path> file =
                    values == null ? Optional.empty() : file(String.valueOf(values.get(FILE)));
            if (file.isPresent() && Files.notExists(file.get())) {
                LOG.warn(
                        "pid={} configuration dropped: its file {} was removed while the host was"
                                + " down",
                        configuration.getPid(),
                        file.get());
                configuration.delete();
            }
        }
    }

    private static Optional<Path> file(String uri) {
        try {
            return Optional.of(Path.of(URI.create(uri)));
        } catch (IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
            LOG.debug("not a file: {}", uri, e);
            return Optional.empty();
        }
    }
}
