package io.trinity.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows under a heading, aligned: to the left, or to the right under a heading that begins with
 * {@code >}. A row may have a note, whose lines stand below it.
 */
final class Table {
    private static final String GAP = "  ";
    private static final String NOTE_INDENT = "    ";

    private final List<String> heading = new ArrayList<>();
    private final List<Boolean> toTheRight = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    private record Row(List<String> cells, String note) {}

    Table(String... heading) {
        for (String text : heading) {
            boolean right = text.startsWith(">");
            this.toTheRight.add(right);
            this.heading.add(right ? text.substring(1) : text);
        }
    }

    /** Adds a row; an empty note makes no line. */
    Table row(String note, Object... cells) {
        if (cells.length != heading.size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells under " + heading.size() + " headings");
        }
        List<String> texts = new ArrayList<>();
        for (Object cell : cells) {
            texts.add(String.valueOf(cell));
        }
        rows.add(new Row(List.copyOf(texts), note));
        return this;
    }

    /** The table's lines, each with its line break, none with blanks at its end. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        line(out, heading);
        for (Row row : rows) {
            line(out, row.cells);
            if (!row.note.isEmpty()) {
                row.note
                        .strip()
                        .lines()
                        .forEach(l -> out.append(NOTE_INDENT).append(l).append('\n'));
            }
        }
        return out.toString();
    }

    private void line(StringBuilder out, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String blanks = " ".repeat(width(column) - cell.length());
            line.append(column == 0 ? "" : GAP);
            line.append(toTheRight.get(column) ? blanks + cell : cell + blanks);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private int width(int column) {
        int width = heading.get(column).length();
        for (Row row : rows) {
            width = Math.max(width, row.cells.get(column).length());
        }
        return width;
    }
}
