package io.trinity.shell;

import io.trinity.api.home.FileWords;
import io.trinity.api.text.Escaped;
import io.trinity.shell.wire.ErrorJson;
import java.nio.file.FileSystemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.gogo.runtime.EOFError;
import org.apache.felix.gogo.runtime.SyntaxError;

/**
 * Why a line failed, as people and programs are told.
 *
 * @param code an error's code; {@link #USAGE}, {@link #NO_COMMAND} or {@link #FAILED} where it has
 *     none
 * @param text one or more lines, with the code in front where there is an error's
 * @param message the text without it
 */
public record LineError(String code, String text, String message) {
    /** The words of the line are not what the command takes. */
    static final String USAGE = "USAGE";

    /** There is no command of that name. */
    static final String NO_COMMAND = "NO_COMMAND";

    /** Anything else. */
    static final String FAILED = "FAILED";

    private static final Pattern NO_MATCH = Pattern.compile("no matches found: (.*)");

    private static final Pattern NO_SUCH_WORDS =
            Pattern.compile("Cannot coerce (\\w+)\\(.*\\) to any of \\[.*", Pattern.DOTALL);

    public LineError {
        text = Escaped.lines(text);
        message = Escaped.lines(message);
    }

    /** What an exception out of Gogo or a command means. */
    public static LineError of(Throwable e) {
        if (e instanceof CommandFailure failure) {
            String text = String.valueOf(failure.getMessage());
            String prefix = failure.code() + ": ";
            return new LineError(
                    failure.code(),
                    text,
                    text.startsWith(prefix) ? text.substring(prefix.length()) : text);
        }
        if (e instanceof CommandNotFoundException unknown) {
            return plain(
                    NO_COMMAND, "no such command: " + unknown.getCommand() + "; 'help' lists all");
        }
        if (e instanceof EOFError || e instanceof SyntaxError) {
            return plain(USAGE, "the line is not understood: " + message(e));
        }
        String text = message(e);
        Matcher glob = NO_MATCH.matcher(text);
        if (glob.matches()) {
            return plain(
                    USAGE,
                    "no file matches "
                            + glob.group(1)
                            + ": * ? [ ( < | stand for names of files in a word without quotes;"
                            + " put it into quotes to say what it says");
        }
        Matcher words = NO_SUCH_WORDS.matcher(text);
        if (words.matches()) {
            return plain(USAGE, wrongWords(words.group(1)));
        }
        return plain(FAILED, text);
    }

    /** Gogo names the Java types that it tried. */
    private static String wrongWords(String command) {
        return switch (command) {
            case "start", "stop", "update", "uninstall", "refresh" ->
                    command
                            + " is the framework's own and takes the number of a bundle; a plugin's"
                            + " are plugin:load, plugin:reload, plugin:unload, plugin:pause,"
                            + " plugin:resume";
            default ->
                    command
                            + " does not take these words; 'help "
                            + command
                            + "' tells what it takes";
        };
    }

    /** The error as one line of JSON. */
    public String json() {
        return ErrorJson.of(code, message);
    }

    private static LineError plain(String code, String text) {
        return new LineError(code, text, text);
    }

    private static String message(Throwable e) {
        StringBuilder text = new StringBuilder(own(e));
        // What went wrong is often said by the innermost only.
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (text.indexOf(own(cause)) < 0) {
                text.append(": ").append(own(cause));
            }
        }
        return text.toString();
    }

    private static String own(Throwable e) {
        if (e instanceof FileSystemException file) {
            return FileWords.named(file);
        }
        String text = e.getMessage();
        return text == null || text.isBlank() ? e.getClass().getName() : text;
    }
}
