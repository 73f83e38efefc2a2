package io.trinity.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A few functions of SQLite's interface in C. */
record SqlJs(SideBySide both, int handle) {
    private static final String MALLOC = "ya";

    SqlJs(SideBySide both) {
        this(both, open(both));
    }

    private static int string(SideBySide both, String text) {
        byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), text.length() + 1);
        int at = (int) both.call(MALLOC, bytes.length);
        both.write(at, bytes);
        return at;
    }

    private static int open(SideBySide both) {
        both.call("J"); // static initialisers
        int out = (int) both.call(MALLOC, 4);
        assertEquals(0, both.call("xa", string(both, ":memory:"), out));
        int handle = both.readInt(out);
        both.call("Ba", handle);
        return handle;
    }

    void run(String statements) {
        long code = both.call("Q", handle, string(both, statements), 0, 0, 0);
        assertEquals(0, code, () -> both.text(both.call("V", handle)));
    }

    List<String> rows(String query) {
        int out = (int) both.call(MALLOC, 4);
        assertEquals(0, both.call("N", handle, string(both, query), -1, out, 0));
        int statement = both.readInt(out);
        List<String> rows = new ArrayList<>();
        while (both.call("O", statement) == 100) {
            List<String> row = new ArrayList<>();
            long columns = both.call("ia", statement);
            for (int i = 0; i < columns; i++) {
                long text = both.call("T", statement, i);
                row.add(text == 0 ? "null" : both.text(text));
            }
            rows.add(String.join("|", row));
        }
        both.call("R", statement);
        return rows;
    }
}
