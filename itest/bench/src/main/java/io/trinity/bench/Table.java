package io.trinity.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints rows as they come, as a table of Markdown that can be read as it is. */
final class Table {
    private static final String ROW = "| %-58s | %-7s | %10s | %-22s | %4s | %-11s |%n";

    private final List<PrintStream> outs;

    /** Prints the same to each. */
    Table(PrintStream... outs) {
        this.outs = List.of(outs);
    }

    void begin() {
        print("measured", "unit", "median", "lowest to highest", "n", "aim");
        format(
                "|%s|---------|-----------:|------------------------|-----:|-------------|%n",
                "-".repeat(60));
    }

    /** A row with bars between its six fields. */
    void row(String fields) {
        Object[] cells = fields.split("\\|", -1);
        if (cells.length != 6) {
            throw new IllegalStateException("not a row: " + fields);
        }
        print(cells);
    }

    void end() {
        Runtime jvm = Runtime.getRuntime();
        format(
                "%nJDK %s, %s processors, %s %s. Medians; noisy neighbours widen the spread"
                        + " upwards.%n",
                System.getProperty("java.version"),
                jvm.availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
    }

    private void print(Object... cells) {
        format(ROW, cells);
    }

    private void format(String format, Object... values) {
        for (PrintStream out : outs) {
            out.printf(Locale.ROOT, format, values);
            out.flush();
        }
    }
}
