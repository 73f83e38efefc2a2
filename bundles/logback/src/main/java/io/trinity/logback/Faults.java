package io.trinity.logback;

import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what Logback says against a configuration while it takes it. A log file that cannot be
 * opened is no fault of the configuration: {@link LogTrouble} tells of that.
 */
final class Faults implements StatusListener {
    private static final Pattern LINE = Pattern.compile("\\bline[ :=]+(\\d+)");
    private static final Pattern SAX = Pattern.compile("^\\S*Exception; ([a-zA-Z]+: -?\\d+; )*");
    private static final String NO_FOLDER = "Failed to create parent directories";

    private final List<Status> all = new ArrayList<>();

    @Override
    public void addStatusEvent(Status status) {
        if (isFault(status)) {
            all.add(status);
        }
    }

    @Override
    public boolean isResetResistant() {
        return true;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    static boolean isFault(Status status) {
        return status.getLevel() >= Status.ERROR
                && !isOfFile(status.getThrowable())
                && !String.valueOf(status.getMessage()).startsWith(NO_FOLDER);
    }

    /** {@code :LINE: what is wrong}, of the first one; without a line where none is known. */
    Optional<String> first() {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Status status = all.get(0);
        Matcher at = LINE.matcher(String.valueOf(status.getMessage()));
        String line = at.find() ? ":" + at.group(1) : "";
        if (String.valueOf(status.getMessage()).startsWith(CoreConstants.XML_PARSING)) {
            // Where, and in another one, what.
            Status what = all.get(Math.min(1, all.size() - 1));
            String text = SAX.matcher(line(what.getMessage())).replaceFirst("");
            return Optional.of(line + ": it is not valid XML: " + text);
        }
        Throwable thrown = status.getThrowable();
        return Optional.of(
                line
                        + ": "
                        + line(status.getMessage())
                        + (thrown == null ? "" : ": " + line(thrown.getMessage())));
    }

    private static String line(@Nullable String text) {
        return String.valueOf(text).replaceAll("\\s+", " ").replaceFirst("[. ]+$", "").strip();
    }

    private static boolean isOfFile(@Nullable Throwable thrown) {
        Throwable t = thrown;
        for (int i = 0; t != null && i < 16; i++) {
            if (t instanceof IOException) {
                return true;
            }
            t = t.getCause();
        }
        return false;
    }
}
