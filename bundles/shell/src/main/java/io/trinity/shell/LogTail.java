package io.trinity.shell;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** The last lines of the log that concern one plugin. */
final class LogTail {
    /** Most bytes of the log's end that are read. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    /** What an entry begins with; other lines belong to the entry above them. */
    private static final Pattern ENTRY = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*");

    private LogTail() {}

    /**
     * Lines of the logger {@code plugin.NAME}, and lines that name the plugin as {@code plugin
     * 'NAME'} or {@code plugin=NAME}, each with the lines that belong to it.
     *
     * @param count most lines
     */
    static List<String> of(Path log, String name, int count) throws IOException {
        String quoted = Pattern.quote(name);
        Pattern concerns =
                Pattern.compile(
                        " plugin\\."
                                + quoted
                                + "(?![a-z0-9-])|plugin '"
                                + quoted
                                + "'|\\bplugin="
                                + quoted
                                + "(?![a-z0-9-])");
        Deque<String> found = new ArrayDeque<>();
        boolean within = false;
        for (String line : end(log).split("\n")) {
            if (ENTRY.matcher(line).matches()) {
                within = concerns.matcher(line).find();
            }
            if (within) {
                found.addLast(line);
                if (found.size() > count) {
                    found.removeFirst();
                }
            }
        }
        return List.copyOf(found);
    }

    private static String end(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        try (FileChannel file = FileChannel.open(log)) {
            long start = Math.max(0, file.size() - MAX_BYTES);
            ByteBuffer bytes = ByteBuffer.allocate((int) (file.size() - start));
            while (bytes.hasRemaining() && file.read(bytes, start + bytes.position()) >= 0) {}
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            // A cut line at the beginning would be taken for the rest of an unknown entry.
            return start == 0 ? text : text.substring(text.indexOf('\n') + 1);
        }
    }
}
