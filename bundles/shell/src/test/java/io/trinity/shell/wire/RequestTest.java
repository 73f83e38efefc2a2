package io.trinity.shell.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RequestTest {
    @Test
    void whatIsWrittenIsRead() throws IOException {
        Request request = new Request("/home/jürgen", "plugin:call écho --payload-file 'a b'", 80);
        assertEquals(request, read(bytes(request)));
    }

    @Test
    void aLineThatIsTooLongIsRefusedBeforeItIsSent() {
        Request request = new Request("/", "x".repeat(Request.MAX_TEXT_BYTES + 1));
        assertThrows(IllegalArgumentException.class, () -> bytes(request));
    }

    @Test
    void aLengthThatIsTooLargeIsRefusedBeforeMemoryIsTaken() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(Request.MAGIC);
        data.writeInt(Integer.MAX_VALUE);
        IOException e = assertThrows(IOException.class, () -> read(out.toByteArray()));
        assertEquals("a directory of 2147483647 bytes exceeds 65536", e.getMessage());
    }

    @Test
    void anotherProtocolIsRefused() {
        assertThrows(
                IOException.class,
                () -> read("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aRequestThatIsCutOffAnywhereIsRefused() throws IOException {
        byte[] whole = bytes(new Request("/tmp", "plugin:list"));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(EOFException.class, () -> read(cut));
        }
    }

    private static byte[] bytes(Request request) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        request.writeTo(out);
        return out.toByteArray();
    }

    private static Request read(byte[] bytes) throws IOException {
        return Request.readFrom(new ByteArrayInputStream(bytes));
    }
}
