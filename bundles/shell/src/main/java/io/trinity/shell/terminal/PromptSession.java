package io.trinity.shell.terminal;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.felix.gogo.jline.Expander;
import org.apache.felix.gogo.jline.Highlighter;
import org.apache.felix.gogo.jline.Parser;
import org.apache.felix.gogo.jline.Shell;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jline.builtins.Completers.Completer;
import org.jline.builtins.Completers.CompletionData;
import org.jline.builtins.Completers.CompletionEnvironment;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Reference;
import org.jline.terminal.Terminal;

/** A session of Gogo on a terminal, as Gogo's own commands expect to find it, and its reader. */
final class PromptSession {
    /**
     * Between the command that offers the first word, and that which offers the second and is given
     * the first.
     */
    private static final String THEN = " then ";

    /** What it is given. */
    private static final String FIRST = ".trinity.first";

    /** What depends on the words before: more than names, which the profile says. */
    private static final Map<String, CompletionData> ARGUMENTS =
            Map.of(
                    "plugin:grant", offering("plugin:names" + THEN + "plugin:declared"),
                    "plugin:revoke", offering("plugin:names" + THEN + "plugin:declared"),
                    "pipeline:retry", offering("pipeline:names" + THEN + "pipeline:kept"),
                    "trinity:config", offering("trinity:pids" + THEN));

    private PromptSession() {}

    private static CompletionData offering(String script) {
        return new CompletionData(null, null, script, null);
    }

    /** A session with the variables that Gogo's own shell would give it. */
    static TerminalSession open(CommandProcessor processor, Terminal terminal) {
        TerminalSession session = new TerminalSession((CommandProcessorImpl) processor, terminal);
        session.put(Shell.VAR_TERMINAL, terminal);
        session.put(Shell.VAR_PROCESSOR, processor);
        session.put(Shell.VAR_SESSION, session);
        session.put("#TERM", (Function) (s, words) -> terminal.getType());
        session.put("#COLUMNS", (Function) (s, words) -> terminal.getWidth());
        session.put("#LINES", (Function) (s, words) -> terminal.getHeight());
        session.put("#PWD", (Function) (s, words) -> String.valueOf(s.currentDir()));
        return session;
    }

    /**
     * The reader of the session's lines, with completion and history.
     *
     * @param history where lines are kept; empty for this session only
     */
    static LineReader reader(TerminalSession session, Terminal terminal, Optional<Path> history) {
        session.put(LineReader.HISTORY_SIZE, HistoryFile.MOST_LINES);
        session.put(LineReader.HISTORY_FILE_SIZE, HistoryFile.MOST_LINES);
        history.ifPresent(file -> session.put(LineReader.HISTORY_FILE, file));
        LineReader reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .variables(session.getVariables())
                        .completer(new PlainWords(new Completer(new Completions(session))))
                        .highlighter(new Highlighter(session))
                        .parser(new Parser())
                        .expander(new Expander(session))
                        // A '!' in a text is a '!'; old lines are had by the arrows.
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .option(LineReader.Option.AUTO_FRESH_LINE, true)
                        .build();
        bindArrows(reader);
        session.put(Shell.VAR_READER, reader);
        session.put(Shell.VAR_COMPLETIONS, new HashMap<>());
        return reader;
    }

    /**
     * As a terminal sends them before the first prompt, which tells it to send them otherwise;
     * JLine knows only the latter.
     */
    private static void bindArrows(LineReader reader) {
        KeyMap<Binding> keys = Objects.requireNonNull(reader.getKeyMaps().get(LineReader.MAIN));
        keys.bind(new Reference(LineReader.UP_LINE_OR_SEARCH), "\033[A");
        keys.bind(new Reference(LineReader.DOWN_LINE_OR_SEARCH), "\033[B");
        keys.bind(new Reference(LineReader.FORWARD_CHAR), "\033[C");
        keys.bind(new Reference(LineReader.BACKWARD_CHAR), "\033[D");
    }

    /** Runs the profile, which knows the prompt and the completions. */
    static void profile(CommandSession session, URI file) throws Exception {
        session.execute(Shell.readScript(file));
    }

    /** What JLine asks to complete a word. */
    private record Completions(TerminalSession session) implements CompletionEnvironment {
        @Override
        public Map<String, List<CompletionData>> getCompletions() {
            Map<String, List<CompletionData>> all = new HashMap<>(Shell.getCompletions(session));
            ARGUMENTS.forEach((command, words) -> all.merge(command, List.of(words), this::with));
            return all;
        }

        /** Options as the profile has them; what comes besides is offered in another way. */
        private List<CompletionData> with(List<CompletionData> told, List<CompletionData> words) {
            return Stream.concat(told.stream().filter(d -> d.argument == null), words.stream())
                    .toList();
        }

        @Override
        public Set<String> getCommands() {
            return Shell.getCommands(session);
        }

        @Override
        public String resolveCommand(String command) {
            return session.resolve(command);
        }

        @Override
        public String commandName(String command) {
            return command.substring(command.indexOf(':') + 1);
        }

        @Override
        public Object evaluate(LineReader reader, ParsedLine line, String function)
                throws Exception {
            session.put(Shell.VAR_COMMAND_LINE, line);
            int then = function.indexOf(THEN);
            if (then < 0) {
                return session.execute(function);
            }
            String second = function.substring(then + THEN.length());
            if (line.wordIndex() == 1) {
                return session.execute(function.substring(0, then));
            }
            if (line.wordIndex() != 2 || second.isEmpty()) {
                return List.of();
            }
            session.put(FIRST, line.words().get(1));
            return session.execute(second + " ${" + FIRST + "}");
        }
    }
}
