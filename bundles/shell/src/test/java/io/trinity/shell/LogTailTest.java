package io.trinity.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void onlyTheEndOfALargeLogIsRead() throws IOException {
        Path log = folder.resolve("large.log");
        String early = TIME + "INFO  plugin.resize - early\n";
        String filler = (TIME + "INFO  other - " + "x".repeat(1000) + "\n").repeat(4200);
        Files.writeString(log, early + filler + TIME + "INFO  plugin.resize - late\n");
        assertEquals(List.of(TIME + "INFO  plugin.resize - late"), LogTail.of(log, "resize", 10));
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
