package io.trinity.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the bench can measure; not what it measures. */
class SmokeTest {
    @Test
    void everythingIsMeasuredAndNothingIsZero() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Main.run(
                Path.of(System.getProperty("trinity.distribution")),
                Rounds.QUICK,
                new Table(new PrintStream(out, true, StandardCharsets.UTF_8)));
        String table = out.toString(StandardCharsets.UTF_8);
        List<String> rows = table.lines().filter(l -> l.startsWith("| ")).skip(1).toList();
        assertEquals(12, rows.size(), table);
        for (String row : rows) {
            String median = row.split("\\|")[3].strip().replace(",", "");
            assertTrue(Double.parseDouble(median) > 0, row);
        }
        assertFalse(rows.stream().anyMatch(r -> r.contains("NaN")), table);
    }
}
