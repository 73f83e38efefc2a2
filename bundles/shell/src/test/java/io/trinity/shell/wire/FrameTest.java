package io.trinity.shell.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static byte[] bytes(Frame frame) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        frame.writeTo(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static Frame read(byte[] bytes) throws IOException {
        return Frame.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    private static byte[] head(int kind, int length) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(out);
        data.writeByte(kind);
        data.writeInt(length);
        return out.toByteArray();
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertEquals(-1, read(bytes(Frame.exit(-1))).exitCode());
        assertEquals("größe", read(bytes(Frame.words(Frame.Kind.ERR, "größe"))).text());
        byte[] largest = new byte[Frame.MAX_BYTES];
        assertArrayEquals(largest, read(bytes(new Frame(Frame.Kind.OUT, largest))).bytes());
    }

    @Test
    void wordsThatAreTooLongAreCutOff() throws IOException {
        Frame frame = Frame.words(Frame.Kind.ERR, "x".repeat(Frame.MAX_BYTES + 1));
        assertEquals(Frame.MAX_BYTES, read(bytes(frame)).bytes().length);
    }

    @Test
    void aLengthOrAKindThatIsNoneIsRefusedBeforeMemoryIsTaken() {
        for (int length : new int[] {-1, Frame.MAX_BYTES + 1, Integer.MAX_VALUE}) {
            IOException e = assertThrows(IOException.class, () -> read(head(0, length)));
            assertEquals("not a frame: " + length + " bytes", e.getMessage());
        }
        IOException e = assertThrows(IOException.class, () -> read(head(9, 0)));
        assertEquals("not a frame: kind 9", e.getMessage());
    }

    @Test
    void aFrameThatIsCutOffAnywhereIsRefused() throws IOException {
        byte[] whole = bytes(Frame.words(Frame.Kind.OUT, "abc"));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(EOFException.class, () -> read(cut));
        }
    }

    @Test
    void onlyAnExitHasACode() {
        assertThrows(
                IllegalStateException.class, () -> Frame.words(Frame.Kind.OUT, "abcd").exitCode());
    }
}
