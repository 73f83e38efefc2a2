package io.trinity.telemetry;

import io.trinity.api.home.FileWords;
import io.trinity.api.metric.MetricCollector;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The collectors' reports as files: each appears whole, is replaced by the next, and goes when its
 * collector is gone. A collector that fails leaves its last report, and stops nobody else. Confined
 * to one thread.
 */
final class Reports {
    private final Path folder;
    private final RecurringWarnings warnings;
    private final ReportIndex index;
    private final Map<String, Path> written = new HashMap<>();

    /**
     * @param folder made when the first report is written; what an earlier run of the host wrote
     *     there is known by its index
     */
    Reports(Path folder, RecurringWarnings warnings) {
        this.folder = folder;
        this.warnings = warnings;
        this.index = new ReportIndex(folder);
        try {
            written.putAll(index.read());
        } catch (IOException e) {
            warnings.trouble(
                    "reports",
                    ErrorCode.STORE_FAILED.name(),
                    "which reports an earlier run left in "
                            + folder
                            + " is not known: "
                            + FileWords.of(e));
        }
    }

    /** Has each collector write down the samples. */
    void write(List<MetricCollector> collectors, List<Sample> samples) {
        for (MetricCollector collector : collectors) {
            write(collector, samples);
        }
    }

    /** Removes the files of those who are not among the collectors any more. */
    void keep(List<MetricCollector> collectors) {
        Set<String> names = new HashSet<>();
        for (MetricCollector collector : collectors) {
            names.add(collector.name());
        }
        Map<String, Path> gone = new HashMap<>(written);
        gone.keySet().removeAll(names);
        gone.forEach(this::remove);
    }

    // The one place where collectors are called: whatever they throw is theirs.
    private void write(MetricCollector collector, List<Sample> samples) {
        String name = collector.name();
        String who = "collector '" + name + "'";
        try {
            if (!ReportFile.isName(name)) {
                warnings.trouble(
                        who, ErrorCode.INTERNAL.name(), "its name cannot be the name of a file");
                return;
            }
            Answer<byte[]> answer = collector.collect(samples);
            if (answer instanceof Answer.Refusal<byte[]> refusal) {
                warnings.trouble(
                        who,
                        ErrorCode.GUEST_ERROR.name(),
                        PluginException.refusal("it refused", refusal.text()));
                return;
            }
            byte[] report = ((Answer.Value<byte[]>) answer).value();
            Path file = folder.resolve(ReportFile.of(name, collector.contentType()));
            if (!written.containsValue(file) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                warnings.trouble(
                        who,
                        ErrorCode.NAME_TAKEN.name(),
                        file + " is there and is no report; move it away");
                return;
            }
            put(name, file, report);
            warnings.fine(who);
        } catch (PluginException e) {
            warnings.trouble(who, e.code().name(), e.getMessage());
        } catch (IOException e) {
            warnings.trouble(
                    who,
                    ErrorCode.STORE_FAILED.name(),
                    "its report cannot be written below " + folder + ": " + FileWords.of(e));
        } catch (RuntimeException | Error e) {
            warnings.trouble(who, ErrorCode.INTERNAL.name(), e.toString());
        }
    }

    /** Whole, for whoever reads meanwhile; not durable, since the next one comes soon. */
    private void put(String collector, Path file, byte[] report) throws IOException {
        Files.createDirectories(folder);
        // No report ends like this, so it is in nobody's way.
        Path aside = folder.resolve("." + file.getFileName() + ".next");
        if (!file.equals(written.get(collector))) {
            // Before the file is there, so that none is that the index does not have.
            index.add(written, collector, file);
        }
        try {
            Files.write(aside, report);
            Files.move(
                    aside,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
        Path before = written.put(collector, file);
        if (before != null && !before.equals(file)) {
            Files.deleteIfExists(before);
        }
    }

    private void remove(String collector, Path file) {
        String who = "collector '" + collector + "'";
        try {
            Files.deleteIfExists(file);
            written.remove(collector);
            index.write(written);
        } catch (IOException e) {
            warnings.trouble(
                    who,
                    ErrorCode.STORE_FAILED.name(),
                    file + " cannot be removed: " + FileWords.of(e));
        }
    }
}
