package io.trinity.sandbox;

import io.trinity.api.home.Home;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Changes single keys of a plugin's configuration where it came from: in its file, where {@code
 * conf/} is watched (ADR 0010), else through Config Admin.
 */
final class PluginConfigurations {
    private static final String FILE_NAME = "felix.fileinstall.filename";

    private final ConfigurationAdmin admin;
    private final @Nullable Home home;

    PluginConfigurations(ConfigurationAdmin admin, @Nullable Home home) {
        this.admin = admin;
        this.home = home;
    }

    /**
     * Changes it.
     *
     * @param edit given the value of each key, empty where it is absent; gives the changes
     * @throws PluginException STORE_FAILED; nothing has changed then
     */
    void change(String plugin, Function<Function<String, String>, List<GrantKeys.Change>> edit) {
        try {
            Home h = home;
            if (h != null && isWatched(h.conf())) {
                changeFile(h.conf(), plugin, edit);
            } else {
                changeConfiguration(plugin, edit);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            throw PluginException.of(
                    ErrorCode.STORE_FAILED,
                    PluginRef.named(plugin),
                    "its configuration cannot be written: " + e,
                    "make room on the disk and check who may write to conf/",
                    e);
        }
    }

    /** Whether any configuration came from a file there. */
    private boolean isWatched(Path conf) throws IOException {
        if (!Files.isDirectory(conf)) {
            return false;
        }
        String prefix = conf.toUri().toString();
        for (Configuration c : list("(" + FILE_NAME + "=*)")) {
            Object file = properties(c).get(FILE_NAME);
            if (file != null && (file.toString().startsWith(prefix) || sameFolder(file, conf))) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameFolder(Object file, Path conf) {
        String path = file.toString().replaceFirst("^file:", "");
        return path.startsWith(conf.toString() + "/");
    }

    private void changeFile(
            Path conf,
            String plugin,
            Function<Function<String, String>, List<GrantKeys.Change>> edit)
            throws IOException {
        Path file = conf.resolve(PolicyReader.PLUGIN_FACTORY_PID + "-" + plugin + ".cfg");
        CfgText text = CfgText.parse(read(file));
        CfgText before = text;
        for (GrantKeys.Change c : edit.apply(k -> before.get(k).orElse(""))) {
            text = text.with(c.key(), c.value());
        }
        String written = text.toString();
        write(file, written.isEmpty() ? "# written by a command\n" : written);
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** Aside, synced, renamed: whoever reads it sees the old or the new one. */
    private static void write(Path file, String text) throws IOException {
        Path aside = file.resolveSibling("." + file.getFileName() + ".new");
        try (FileChannel out =
                FileChannel.open(
                        aside,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(
                aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void changeConfiguration(
            String plugin, Function<Function<String, String>, List<GrantKeys.Change>> edit)
            throws IOException {
        Configuration c =
                find(plugin)
                        .orElseGet(
                                () -> {
                                    try {
                                        return admin.getFactoryConfiguration(
                                                PolicyReader.PLUGIN_FACTORY_PID, plugin, "?");
                                    } catch (IOException e) {
                                        throw new java.io.UncheckedIOException(e);
                                    }
                                });
        Map<String, Object> values = properties(c);
        for (GrantKeys.Change change : edit.apply(k -> text(values.get(k)))) {
            if (change.value().isEmpty()) {
                values.remove(change.key());
            } else {
                values.put(change.key(), change.value());
            }
        }
        values.put("plugin", plugin);
        c.update(new Hashtable<>(values));
    }

    private Optional<Configuration> find(String plugin) throws IOException {
        for (Configuration c :
                list("(service.factoryPid=" + PolicyReader.PLUGIN_FACTORY_PID + ")")) {
            if (PolicyComponent.pluginName(c, properties(c)).equals(Optional.of(plugin))) {
                return Optional.of(c);
            }
        }
        return Optional.empty();
    }

    private Configuration[] list(String filter) throws IOException {
        try {
            Configuration @Nullable [] found = admin.listConfigurations(filter);
            return found == null ? new Configuration[0] : found;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(filter, e);
        }
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Object[] items) {
            return String.join(",", java.util.Arrays.stream(items).map(String::valueOf).toList());
        }
        if (value instanceof java.util.Collection<?> items) {
            return String.join(",", items.stream().map(String::valueOf).toList());
        }
        return value == null ? "" : value.toString();
    }

    private static Map<String, Object> properties(Configuration c) {
        Map<String, Object> values = new TreeMap<>();
        Dictionary<String, Object> p = c.getProperties();
        if (p != null) {
            Collections.list(p.keys()).forEach(k -> values.put(k, p.get(k)));
        }
        return values;
    }
}
