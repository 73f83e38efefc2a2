package io.trinity.hooks;

import io.trinity.api.home.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small file of lines in no order, read at the start and written whole and durably. */
final class LineFile {
    private static final Logger LOG = LoggerFactory.getLogger(LineFile.class);

    private final Path file;
    private final Pattern form;

    /**
     * @param form of a line; others are left out and told of
     */
    LineFile(Path file, Pattern form) {
        this.file = file;
        this.form = form;
    }

    /**
     * What it holds; nothing where it is not there.
     *
     * @param consequence told where it cannot be read
     */
    Set<String> read(String consequence) {
        Set<String> good = new TreeSet<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (form.matcher(line).matches()) {
                    good.add(line);
                } else if (!line.isBlank()) {
                    LOG.error("code=STORE_FAILED file={} has a line that is none: left out", file);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("nothing is stored in {}", file);
        } catch (IOException e) {
            LOG.error("code=STORE_FAILED file={} cannot be read; {}", file, consequence, e);
        }
        return Set.copyOf(good);
    }

    /** Writes it anew: old or new after a crash, never half. */
    void write(Set<String> lines) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        DurableFile.write(file, String.join("\n", new TreeSet<>(lines)) + "\n");
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
