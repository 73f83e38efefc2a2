package io.trinity.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.shell.wire.ErrorJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What comes from elsewhere writes nothing to a terminal that it is not to read. */
class PrintableTest {
    private static String of(String text) {
        return Printable.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTextIsShownAndOneThatHasControlCharactersIsCounted() {
        assertEquals("a\tgröße\r\n", of("a\tgröße\r\n"));
        assertEquals("4 bytes: 1b 5b 32 4a", of("\u001b[2J"));
        assertEquals("2 bytes: c2 9b", of("\u009b"));
        assertEquals("1 bytes: ff", Printable.of(new byte[] {(byte) 0xff}));
        assertEquals("33 bytes: " + "00 ".repeat(32) + "...", Printable.of(new byte[33]));
        assertEquals("a\\tb\\n", Printable.line("a\tb\n".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anErrorIsJsonOnOneLineWhateverItSays() {
        assertEquals(
                "{\"error\":{\"code\":\"X\",\"message\":\"\\\"\\\\\\n\\t\\u001b\\u007f\\ud800é\"}}",
                ErrorJson.of("X", "\"\\\n\t\u001b\u007f\ud800é"));
    }
}
