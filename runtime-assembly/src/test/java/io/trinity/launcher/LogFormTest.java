package io.trinity.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFormTest {
    @TempDir Path conf;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    private LogForm read(String text, Map<String, String> properties) throws IOException {
        Files.writeString(conf.resolve("io.trinity.log.cfg"), text);
        return LogForm.read(
                conf, properties::get, new PrintStream(told, true, StandardCharsets.UTF_8));
    }

    @Test
    void withoutAFileItIsTextInTheFilesOnly() {
        assertEquals(
                new LogForm("text", false),
                LogForm.read(conf, name -> null, new PrintStream(told, true)));
        assertEquals("", told.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theFileSaysItAndASystemPropertyWins() throws IOException {
        String text = "\ufeff# for the shipper\r\nformat = json\r\nstdout=true\r\n";
        assertEquals(new LogForm("json", true), read(text, Map.of()));
        assertEquals(
                new LogForm("text", true), read(text, Map.of(LogForm.FORMAT_PROPERTY, "text")));
    }

    @Test
    void whatIsNotValidIsToldInOneLineAndTheDefaultHolds() throws IOException {
        assertEquals(new LogForm("text", false), read("format=xml\n", Map.of()));
        assertEquals(
                "CONFIG_INVALID: conf/io.trinity.log.cfg: format=xml is not text or json; text is"
                        + " used\n",
                told.toString(StandardCharsets.UTF_8));
        told.reset();
        assertEquals(
                new LogForm("text", false),
                read("", Map.of(LogForm.STDOUT_PROPERTY, "\u001b[2J" + "y".repeat(100))));
        assertEquals(
                "CONFIG_INVALID: conf/io.trinity.log.cfg: stdout=\\u{1b}[2J"
                        + "y".repeat(36)
                        + "… is not true or false; false is used\n",
                told.toString(StandardCharsets.UTF_8));
    }
}
