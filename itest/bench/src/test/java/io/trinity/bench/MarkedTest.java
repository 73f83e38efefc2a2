package io.trinity.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MarkedTest {
    @Test
    void onlyTheMarkedPartIsReplaced() throws IOException {
        String page = "a\n<!-- x -->\nold\n<!-- end of x -->\nb\n";
        assertEquals(
                "a\n<!-- x -->\nnew\n<!-- end of x -->\nb\n", new Marked("x").in(page, "new\n"));
        assertThrows(IOException.class, () -> new Marked("y").in(page, "new\n"));
    }
}
