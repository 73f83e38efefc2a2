package io.trinity.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportsTest {
    @TempDir Path home;
    private final RecordingLog log = new RecordingLog();
    private final FakeCollector first = new FakeCollector("first");
    private final FakeCollector second = new FakeCollector("second");
    private Path folder;
    private Reports reports;

    @BeforeEach
    void reports() {
        folder = home.resolve("metrics");
        reports = new Reports(folder, new RecurringWarnings(log));
    }

    private void round() {
        reports.keep(List.of(first, second));
        reports.write(List.of(first, second), List.of());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> !f.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static PluginException late() {
        return PluginException.of(
                ErrorCode.LIMIT_CPU,
                PluginRef.named("first"),
                "used " + System.nanoTime() + " ns",
                "raise cpuMillis");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain; version=0.0.4|a.prom",
                "text/plain;charset=utf-8;Version=0.0.4|a.prom",
                "application/openmetrics-text; version=1.0.0|a.prom",
                "text/plain|a.txt",
                "text/csv;charset=utf-8|a.txt",
                "application/json|a.json",
                "application/vnd.x+json; charset=utf-8|a.json",
                "application/octet-stream|a.bin",
                "application/x-thing;note=version=0.0.4|a.bin"
            })
    void theContentTypeGivesTheEnding(String contentType, String file) {
        assertEquals(file, ReportFile.of("a", contentType));
    }

    @Test
    void eachReportIsAFileOfItsOwnAndNothingElseLiesThere() throws IOException {
        round();
        first.answer = () -> FakeCollector.report("newer");
        round();
        assertEquals(List.of("first.json", "second.json"), files());
        assertEquals("newer", Files.readString(folder.resolve("first.json")));
    }

    @Test
    void aFileThatIsNoReportIsNeitherOverwrittenNorRemoved() throws IOException {
        Files.createDirectories(folder);
        Path operators = Files.writeString(folder.resolve("first.json"), "the operator's");
        round();
        assertEquals("the operator's", Files.readString(operators));
        Files.delete(operators);
        round();
        assertEquals("a report", Files.readString(operators));
    }

    @Test
    void aFailingCollectorStopsNobodyAndLeavesItsLastReport() throws IOException {
        round();
        first.answer =
                () -> {
                    throw late();
                };
        second.answer = () -> FakeCollector.report("newer");
        round();
        assertEquals("a report", Files.readString(folder.resolve("first.json")));
        assertEquals("newer", Files.readString(folder.resolve("second.json")));
        first.answer =
                () -> {
                    throw new NoClassDefFoundError("gone");
                };
        second.answer = () -> FakeCollector.report("newest");
        round();
        assertEquals("newest", Files.readString(folder.resolve("second.json")));
    }

    @Test
    void aTroubleIsToldOfWhenItBeginsWhenItIsAnotherAndWhenItIsOver() {
        first.answer =
                () -> {
                    throw late();
                };
        round();
        round();
        assertEquals(1, log.lines.size(), log.lines.toString());
        assertTrue(
                log.lines.get(0).startsWith("WARN code=LIMIT_CPU collector 'first': "),
                log.lines.get(0));
        first.answer = () -> new Answer.Refusal<>("I do not like these");
        round();
        round();
        assertEquals(2, log.lines.size(), log.lines.toString());
        assertTrue(log.lines.get(1).contains("I do not like these"), log.lines.get(1));
        first.answer = () -> FakeCollector.report("again");
        round();
        round();
        assertEquals("INFO collector 'first' works again", log.lines.get(2));
        assertEquals(3, log.lines.size(), log.lines.toString());
    }

    @Test
    void aCollectorThatIsGoneLeavesNoReportThatWouldGrowOld() throws IOException {
        round();
        reports.keep(List.of(second));
        assertEquals(List.of("second.json"), files());
    }

    @Test
    void aCollectorThatWentWhileTheHostWasDownLeavesNoneEither() throws IOException {
        round();
        Files.writeString(folder.resolve("mine.prom"), "of the operator");
        reports = new Reports(folder, new RecurringWarnings(log));
        reports.keep(List.of(second));
        assertEquals(List.of("mine.prom", "second.json"), files());
        reports = new Reports(folder, new RecurringWarnings(log));
        reports.keep(List.of());
        assertEquals(List.of("mine.prom"), files());
    }

    @Test
    void anIndexThatWasTamperedWithRemovesNothingElsewhere() throws IOException {
        round();
        Path other = Files.writeString(home.resolve("x.prom"), "x");
        Path theirs = Files.writeString(folder.resolve("theirs.prom"), "x");
        Files.createDirectory(folder.resolve("x."));
        Files.writeString(
                folder.resolve(".reports"),
                "x\tx./../../x.prom\n../x\t../x.prom\ny\ttheirs.prom\nfirst\n\t\n");
        reports = new Reports(folder, new RecurringWarnings(log));
        reports.keep(List.of());
        assertTrue(Files.exists(other));
        assertTrue(Files.exists(theirs));
    }

    @Test
    void aCollectorThatWritesAnotherTypeLeavesNoReportOfTheFormer() throws IOException {
        round();
        first.contentType = "text/plain";
        round();
        assertEquals(List.of("first.txt", "second.json"), files());
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldOfWithItsPath() throws IOException {
        Files.writeString(folder, "a file where the folder belongs");
        round();
        assertTrue(log.lines.get(0).contains("code=STORE_FAILED"), log.lines.get(0));
        assertTrue(log.lines.get(0).contains(folder.toString()), log.lines.get(0));
    }

    @Test
    void noNameLeadsOutOfTheFolder() {
        FakeCollector odd = new FakeCollector("../out");
        reports.write(List.of(odd), List.of());
        assertFalse(Files.exists(home.resolve("out.json")));
        assertEquals(1, log.lines.size(), log.lines.toString());
    }
}
