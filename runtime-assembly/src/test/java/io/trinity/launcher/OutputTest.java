package io.trinity.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTest {
    private static Output lost(String why) {
        Output output =
                new Output(
                        new OutputStream() {
                            @Override
                            public void write(int b) throws IOException {
                                throw new IOException(why);
                            }
                        });
        assertThrows(IOException.class, () -> output.write('x'));
        return output;
    }

    @Test
    void anAnswerThatIsLostIsNoSuccessAndAFailureStaysOne() {
        assertEquals(ExitCode.OUTPUT, lost("No space left on device").exitCode(ExitCode.DONE));
        assertEquals(ExitCode.READER_GONE, lost("Broken pipe").exitCode(ExitCode.DONE));
        assertEquals(ExitCode.FAILED, lost("Broken pipe").exitCode(ExitCode.FAILED));
        assertEquals(
                ExitCode.DONE, new Output(new ByteArrayOutputStream()).exitCode(ExitCode.DONE));
    }

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
