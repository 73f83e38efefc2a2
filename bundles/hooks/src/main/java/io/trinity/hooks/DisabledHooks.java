package io.trinity.hooks;

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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hooks that are not called, in {@code data/hooks/disabled}: lines {@code PLUGIN PLACE}, where a
 * place is {@code post_chunk}, {@code custom} for all of a plugin's custom hooks, or {@code
 * custom/NAME}. Thread-safe.
 */
final class DisabledHooks {
    private static final Logger LOG = LoggerFactory.getLogger(DisabledHooks.class);
    private static final Pattern LINE = Pattern.compile("[a-z][a-z0-9-]{0,62} [a-z_]+(/[^ ]+)?");

    private final Path file;
    private volatile Set<String> lines;

    DisabledHooks(Path file) {
        this.file = file;
        this.lines = read(file);
    }

    private static Set<String> read(Path file) {
        Set<String> good = new TreeSet<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (LINE.matcher(line).matches()) {
                    good.add(line);
                } else if (!line.isBlank()) {
                    LOG.error("code=STORE_FAILED file={} has a line that is none: left out", file);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("no hook is disabled");
        } catch (IOException e) {
            LOG.error(
                    "code=STORE_FAILED file={} cannot be read; hooks that were disabled are called"
                            + " again",
                    file,
                    e);
        }
        return Set.copyOf(good);
    }

    boolean contains(String plugin, Wish wish) {
        Set<String> now = lines;
        return !now.isEmpty()
                && (now.contains(plugin + " " + wish.point().label())
                        || now.contains(plugin + " " + wish.place()));
    }

    /**
     * Changes one line.
     *
     * @throws PluginException STORE_FAILED; nothing has changed then
     */
    synchronized void set(String plugin, String place, boolean disabled) {
        Set<String> next = new TreeSet<>(lines);
        if (disabled) {
            next.add(plugin + " " + place);
        } else {
            next.remove(plugin + " " + place);
            if (!place.contains("/")) {
                next.removeIf(l -> l.startsWith(plugin + " " + place + "/"));
            }
        }
        try {
            write(String.join("\n", next) + "\n");
        } catch (IOException e) {
            throw PluginException.of(
                    ErrorCode.STORE_FAILED,
                    PluginRef.named(plugin),
                    "hook %s cannot be %s in %s: %s"
                            .formatted(place, disabled ? "disabled" : "enabled", file, e),
                    "make room on the disk and check who may write there",
                    e);
        }
        lines = Set.copyOf(next);
    }

    private void write(String text) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path aside = folder.resolve(file.getFileName() + ".new");
        try (FileChannel out =
                FileChannel.open(
                        aside,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(
                aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
