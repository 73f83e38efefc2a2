package io.trinity.shell;

import io.trinity.api.text.Escaped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under a heading, aligned: to the left, or to the right under a heading that begins with
 * {@code >}. A row may have notes, each on a line below it. Cells and notes are escaped: none of
 * them can break a line or steer a terminal, whoever wrote it.
 */
final class Table {
    private static final String GAP = "  ";
    private static final String NOTE_INDENT = "    ";
    private static final String CUT = "\u2026";

    /** What a text keeps at least. */
    private static final int LEAST_TEXT = 8;

    /** What it keeps in the first column, which says whose row it is. */
    private static final int LEAST_NAME = 16;

    private final List<String> heading = new ArrayList<>();
    private final List<Boolean> toTheRight = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    private record Row(List<String> cells, List<String> notes) {}

    Table(String... heading) {
        for (String text : heading) {
            boolean right = text.startsWith(">");
            this.toTheRight.add(right);
            this.heading.add(right ? text.substring(1) : text);
        }
    }

    /** Adds a row; an empty note makes no line. */
    Table row(List<String> notes, Object... cells) {
        if (cells.length != heading.size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells under " + heading.size() + " headings");
        }
        List<String> texts = new ArrayList<>();
        for (Object cell : cells) {
            texts.add(Escaped.cell(String.valueOf(cell)));
        }
        rows.add(
                new Row(
                        List.copyOf(texts),
                        notes.stream().filter(n -> !n.isBlank()).map(Escaped::line).toList()));
        return this;
    }

    /** As {@link #toString(int)}, for the terminal that the running command prints to. */
    @Override
    public String toString() {
        return toString(Screen.columns());
    }

    /**
     * The table's lines, each with its line break, none with blanks at its end. Where there is less
     * room, texts are cut, the longest first, and then the columns to the right are left out: an
     * ellipsis stands for both. Notes are never cut.
     *
     * @param columns how wide the lines may be; 0 for no limit
     */
    String toString(int columns) {
        int[] widths = widths();
        if (columns > 0) {
            narrow(widths, columns);
        }
        StringBuilder out = new StringBuilder();
        line(out, heading, widths, columns);
        for (Row row : rows) {
            line(out, row.cells, widths, columns);
            row.notes.forEach(n -> out.append(NOTE_INDENT).append(n.strip()).append('\n'));
        }
        return out.toString();
    }

    private int[] widths() {
        int[] widths = new int[heading.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = heading.get(column).length();
            for (Row row : rows) {
                widths[column] = Math.max(widths[column], row.cells.get(column).length());
            }
        }
        return widths;
    }

    /** Takes from the widest texts what there is too much. */
    private void narrow(int[] widths, int columns) {
        for (int over = whole(widths, widths.length) - columns; over > 0; over--) {
            int widest = -1;
            for (int column = 0; column < widths.length; column++) {
                if (!toTheRight.get(column)
                        && widths[column] > (column == 0 ? LEAST_NAME : LEAST_TEXT)
                        && (widest < 0 || widths[column] > widths[widest])) {
                    widest = column;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
        }
    }

    /** How many columns of the table have room. */
    private static int fitting(int[] widths, int columns) {
        if (columns <= 0 || whole(widths, widths.length) <= columns) {
            return widths.length;
        }
        int count = Math.max(1, widths.length - 1);
        while (count > 1 && whole(widths, count) + GAP.length() + CUT.length() > columns) {
            count--;
        }
        return count;
    }

    private static int whole(int[] widths, int count) {
        return Arrays.stream(widths, 0, count).sum() + (count - 1) * GAP.length();
    }

    private void line(StringBuilder out, List<String> cells, int[] widths, int columns) {
        int count = fitting(widths, columns);
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < count; column++) {
            String cell = cut(cells.get(column), widths[column]);
            String blanks = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : GAP);
            line.append(toTheRight.get(column) ? blanks + cell : cell + blanks);
        }
        line.append(count < widths.length ? GAP + CUT : "");
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private static String cut(String cell, int width) {
        if (cell.length() <= width) {
            return cell;
        }
        int end = width - CUT.length();
        // Half a character is none.
        return cell.substring(0, end - (Character.isHighSurrogate(cell.charAt(end - 1)) ? 1 : 0))
                + CUT;
    }
}
