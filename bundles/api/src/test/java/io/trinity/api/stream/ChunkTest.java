package io.trinity.api.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkTest {
    private static Chunk chunk(String contentType, String modality) {
        return new Chunk(new byte[0], contentType, modality, "s", List.of(), 0, 0, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain;charset=utf-8",
                "multipart/mixed; boundary=\"a (b): c, ~d\"",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            })
    void contentTypesArePrintableAscii(String contentType) {
        assertEquals(contentType, chunk(contentType, "").contentType());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/\u0000", "a\nb/c", "a/\u001b[2K", "a/\u007f", "a/\u00e4", "a/\u202e"})
    void anyOtherContentTypeIsNone(String contentType) {
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> chunk(contentType, "text"));
        assertTrue(e.getMessage().startsWith("content type has U+"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "lidar", "3d", "a.b-c_d", "0123456789"})
    void modalitiesAreNamesOfTheContract(String modality) {
        assertEquals(modality, chunk("", modality).modality());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Text", "a b", "a\n", "\u00e4", "a/b", "\u0001", "a{", "`"})
    void anyOtherModalityIsNone(String modality) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> chunk("a/b", modality));
        assertTrue(e.getMessage().startsWith("modality has U+"), e.getMessage());
    }

    @Test
    void theLongestOfBothAreTakenAndNoneThatIsLonger() {
        chunk("a".repeat(Chunk.MAX_CONTENT_TYPE), "m".repeat(Chunk.MAX_MODALITY));
        assertThrows(
                IllegalArgumentException.class,
                () -> chunk("a".repeat(Chunk.MAX_CONTENT_TYPE + 1), "m"));
        assertThrows(
                IllegalArgumentException.class,
                () -> chunk("a", "m".repeat(Chunk.MAX_MODALITY + 1)));
    }

    @Test
    void labelsAndNotesOfWindowsAreBounded() {
        Vector v = new Vector(new byte[1]);
        window("l".repeat(Window.MAX_LABEL), v, List.of());
        assertThrows(
                IllegalArgumentException.class,
                () -> window("l".repeat(Window.MAX_LABEL + 1), v, List.of()));
        Chunk.Attribute big = new Chunk.Attribute("n", "x".repeat(Chunk.MAX_ATTRIBUTE_BYTES));
        assertThrows(IllegalArgumentException.class, () -> window("", v, List.of(big)));
        List<Chunk.Attribute> many =
                Collections.nCopies(Chunk.MAX_ATTRIBUTES + 1, new Chunk.Attribute("n", ""));
        assertThrows(IllegalArgumentException.class, () -> window("", v, many));
    }

    private static Window window(String label, Vector fused, List<Chunk.Attribute> notes) {
        return new Window("k", 0, 1, label, 0, fused, notes);
    }
}
