package io.trinity.shell;

import io.trinity.api.text.Escaped;
import java.io.PrintStream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.jspecify.annotations.Nullable;

/**
 * What a command answers. Gogo shows what a command returns; of Karaf's sessions only the one on a
 * terminal does, and neither {@code bin/client} with a command, nor its scripts, nor {@code watch}.
 */
final class Answer {
    /**
     * A session's variable that of others' sessions only Karaf's have: the session as its own
     * commands see it. Ours at the prompt has it too, for Gogo's own commands.
     */
    private static final String KARAF = ".session";

    private Answer() {}

    /**
     * Answers with a text, escaped as {@link Escaped#lines} has it: printed where the session is
     * Karaf's, to be returned where it is not.
     *
     * @return what the command is to return: the text, or null where it is printed
     */
    static @Nullable String of(String text) {
        String plain = Escaped.lines(text);
        Process process = Process.Utils.current();
        if (process == null || !isKarafs(process.job().session())) {
            return plain;
        }
        print(plain, process.out());
        return null;
    }

    private static boolean isKarafs(CommandSession session) {
        return !(session instanceof LineSession) && session.get(KARAF) != null;
    }

    /** Tables and JSON end with their own line break. */
    private static void print(String text, PrintStream out) {
        out.print(text);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            out.println();
        }
        out.flush();
    }
}
