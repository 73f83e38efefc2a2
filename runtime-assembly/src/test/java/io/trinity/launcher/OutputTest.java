package io.trinity.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTest {
    @Test
    void whatEventAdminPrintsAtItsEndIsNotInAnybodysAnswer() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Output.Lines out = new Output.Lines(bytes);
        out.println("an answer");
        out.println(
                "WARNING: EventAdmin: Event Task Processing Interrupted. Events may not be received"
                        + " in proper order.");
        out.println((String) null);
        assertEquals("an answer\nnull\n", bytes.toString(StandardCharsets.UTF_8));
    }
}
