package io.trinity.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    private static final String TIME = "2026-01-01T00:00:00.000Z ";

    @TempDir Path folder;

    @Test
    void thePluginsOwnLinesAndThoseAboutItAreFound() throws IOException {
        assertEquals(
                List.of(
                        TIME + "INFO  plugin.resize - hello",
                        TIME + "WARN  io.trinity.sandbox.Gate - plugin 'resize' 1.0.0: trapped",
                        "java.lang.IllegalStateException: with a trace",
                        TIME + "INFO  io.trinity.registry.X - plugin=resize state=active"),
                tail("resize", 10));
    }

    @Test
    void whatAnotherPluginSaysOfOneIsNotItsOwn() throws IOException {
        Path log = folder.resolve("evil.log");
        Files.writeString(
                log,
                TIME
                        + "WARN  plugin.evil - plugin 'resize' code=GUEST_TRAP\n"
                        + TIME
                        + "INFO  plugin.evil - x plugin.resize - all is lost plugin=resize\n"
                        + TIME
                        + "INFO  plugin.resize - mine\n");
        assertEquals(List.of(TIME + "INFO  plugin.resize - mine"), LogTail.of(log, "resize", 10));
    }

    @Test
    void aPluginsWordsInALineOfTheHostsDoNotMakeItAnothersLine() throws IOException {
        String host = TIME + "WARN  io.trinity.pipeline.InboxWorker - ";
        String said =
                host
                        + "pipeline=p file='a b.txt' status=failed code=GUEST_ERROR plugin 'liar':"
                        + " it refused: \"plugin 'resize' 1.0.0: it trapped\" x\\\""
                        + " plugin=resize\"";
        String logged =
                host + "plugin=liar function=f code=GUEST_ERROR more=0 plugin 'liar': x 'resize'";
        String two = host + "plugin=liar dependency=resize missing";
        String other = host + "nothing of plugin 'liar', whatever plugin 'resize' says";
        String nobodys = host + "it was told: \"plugin 'resize' 1.0.0: it trapped\", and more";
        Path log = folder.resolve("forged.log");
        Files.writeString(log, String.join("\n", said, logged, two, other, nobodys) + "\n");
        assertEquals(List.of(two), LogTail.of(log, "resize", 10));
        assertEquals(List.of(said, logged, two, other), LogTail.of(log, "liar", 10));
    }

    @Test
    void aNameThatBeginsAlikeIsAnotherPlugin() throws IOException {
        assertEquals(List.of(TIME + "INFO  plugin.resize-2 - not mine"), tail("resize-2", 10));
    }

    @Test
    void onlyTheLastLinesAreGiven() throws IOException {
        assertEquals(
                List.of(TIME + "INFO  io.trinity.registry.X - plugin=resize state=active"),
                tail("resize", 1));
    }

    @Test
    void nothingIsFoundWhereNothingIs() throws IOException {
        assertEquals(List.of(), tail("other", 10));
        assertEquals(List.of(), LogTail.of(folder.resolve("absent.log"), "resize", 10));
    }

    @Test
    void rotatedFilesAreReadTooPackedOrNotTheNewestLast() throws IOException {
        Path log = folder.resolve("trinity.log");
        Files.writeString(log, TIME + "INFO  plugin.resize - today\n");
        rotated("trinity.2026-01-02.0.log.gz", 3, "yesterday");
        rotated("trinity.2026-01-01.1.log", 2, "the day before, late");
        rotated("trinity.2026-01-01.0.log.gz", 1, "the day before");
        rotated("audit.2026-01.0.log.gz", 4, "in another log");
        assertEquals(
                List.of(
                        TIME + "INFO  plugin.resize - the day before",
                        TIME + "INFO  plugin.resize - the day before, late",
                        TIME + "INFO  plugin.resize - yesterday",
                        TIME + "INFO  plugin.resize - today"),
                LogTail.of(log, "resize", 10));
        assertEquals(
                List.of(
                        TIME + "INFO  plugin.resize - yesterday",
                        TIME + "INFO  plugin.resize - today"),
                LogTail.of(log, "resize", 2));
        assertEquals(
                List.of(
                        TIME + "INFO  plugin.resize - yesterday",
                        TIME + "INFO  plugin.resize - today"),
                LogTail.of(log, "resize", 10, Files.size(log) + 1),
                "a log without end is not read to its end");
        Files.delete(log);
        assertEquals(
                List.of(TIME + "INFO  plugin.resize - yesterday"), LogTail.of(log, "resize", 1));
    }

    private void rotated(String name, int day, String text) throws IOException {
        Path file = folder.resolve(name);
        byte[] bytes = (TIME + "INFO  plugin.resize - " + text + "\n").getBytes(UTF_8);
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
            out.write(bytes);
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plus(day, ChronoUnit.DAYS)));
    }

    @Test
    void linesOfJsonAreShownAsTextAndWhatIsCutIsLeftOut() throws IOException {
        Path log = folder.resolve("trinity.log");
        Files.writeString(
                log,
                """
                {"timestamp":1767225600000,"level":"WARN","loggerName":"plugin.resize","mdc": {},"formattedMessage":"a \\"quoted\\" word","throwable":null}
                {"timestamp":1767225600000,"level":"INFO","loggerName":"plugin.other","formattedMessage":"not resize's"}
                {"timestamp":1767225600000,"level":"INFO","loggerName":"x","formattedMessage":"plugin=resize state=active"}
                {"timestamp":1767225600000,"level":"INFO","loggerName":"plugin.resize","formatt\
                """);
        List<String> lines = LogTail.of(log, "resize", 10);
        assertEquals(2, lines.size());
        assertEquals("WARN  plugin.resize - a \"quoted\" word", lines.get(0).split(" ", 2)[1]);
        assertEquals("INFO  x - plugin=resize state=active", lines.get(1).split(" ", 2)[1]);
    }

    @Test
    void whatIsSaidOfACollectorIsFound() throws IOException {
        Path log = folder.resolve("trinity.log");
        String line =
                TIME
                        + "WARN  io.trinity.telemetry.X - code=GUEST_TRAP collector 'prom': it"
                        + " trapped";
        Files.writeString(log, line + "\n");
        assertEquals(List.of(line), LogTail.of(log, "prom", 10));
        assertEquals(List.of(), LogTail.of(log, "pro", 10));
    }

    private List<String> tail(String name, int count) throws IOException {
        Path log = folder.resolve("trinity.log");
        Files.writeString(
                log,
                String.join(
                        "\n",
                        TIME + "INFO  plugin.resize - hello",
                        TIME + "INFO  plugin.resize-2 - not mine",
                        TIME + "WARN  io.trinity.sandbox.Gate - plugin 'resize' 1.0.0: trapped",
                        "java.lang.IllegalStateException: with a trace",
                        TIME + "INFO  io.trinity.Other - neither",
                        "a line of neither",
                        TIME + "INFO  io.trinity.registry.X - plugin=resize state=active"));
        return LogTail.of(log, name, count);
    }
}
