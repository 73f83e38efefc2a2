package io.trinity.shell;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.CommandSessionImpl;
import org.apache.felix.service.command.Function;
import org.jspecify.annotations.Nullable;

/**
 * A session of Gogo in which a name without a scope means a command of Trinity first, and says so
 * where it means several. Gogo's own takes any of all commands, among them the methods of {@code
 * java.lang.System}, which are no commands here.
 */
public class LineSession extends CommandSessionImpl {
    private static final String SCOPE = "SCOPE";

    /** What tells of a command. */
    private static final String HELP = "trinity:help";

    /** How Gogo asks for a name without a scope. */
    private static final String SHORT = "*:";

    /** A session in which nothing is left: {@code exit} and {@code quit} say what to use. */
    public LineSession(
            CommandProcessorImpl processor, InputStream in, OutputStream out, OutputStream err) {
        super(processor, in, out, err);
        put(SCOPE, ShortNames.SCOPE);
        onLeaving(
                () -> {
                    throw CommandFailure.usage(
                            "there is no prompt to leave here; trinity:shutdown stops the host");
                });
    }

    /** What {@code exit} and {@code quit} do; commands of the session's thread. */
    public final void onLeaving(Runnable leave) {
        Function function =
                (session, words) -> {
                    leave.run();
                    return null;
                };
        put("exit", function);
        put("quit", function);
    }

    /**
     * What a name means.
     *
     * @return a command with its scope; the name itself where it means none or several
     */
    public final String resolve(String name) {
        if (name.contains(":")) {
            return name;
        }
        List<String> found = found(name);
        return found.size() == 1 ? found.get(0) : name;
    }

    @Override
    public @Nullable Object get(@Nullable String name) {
        if (COMMANDS.equals(name)) {
            return commands();
        }
        if (name != null && name.startsWith(SHORT)) {
            return command(name.substring(SHORT.length()));
        }
        return name != null && ShortNames.isReflected(name) ? null : helping(name, super.get(name));
    }

    /** A command of Trinity that answers {@code --help} as {@code help} does; else the value. */
    private @Nullable Object helping(@Nullable String name, @Nullable Object value) {
        if (name == null || !ShortNames.isOurs(name) || !(value instanceof Function command)) {
            return value;
        }
        return (Function)
                (session, words) ->
                        asksForHelp(words) && super.get(HELP) instanceof Function help
                                ? help.execute(session, List.of(name))
                                : command.execute(session, words);
    }

    private static boolean asksForHelp(List<Object> words) {
        for (Object word : words) {
            String text = String.valueOf(word);
            if (text.equals("--")) {
                return false;
            }
            if (text.equals("--help") || text.equals("-h")) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Object command(String name) {
        List<String> found = found(name);
        if (found.size() > 1) {
            return (Function)
                    (session, words) -> {
                        throw CommandFailure.usage(
                                "there is more than one '"
                                        + name
                                        + "': "
                                        + String.join(", ", found)
                                        + "; say which");
                    };
        }
        return found.isEmpty() ? null : get(found.get(0));
    }

    /** Gogo keeps the names of commands that have gone. */
    private List<String> found(String name) {
        List<String> known =
                commands().stream()
                        .filter(c -> c.endsWith(":" + name.toLowerCase(Locale.ROOT)))
                        .filter(c -> super.get(c) instanceof Function)
                        .toList();
        String path = Objects.toString(super.get(SCOPE), ShortNames.SCOPE);
        return ShortNames.of(name, path, known);
    }

    private Set<String> commands() {
        return ((Collection<?>) Objects.requireNonNull(super.get(COMMANDS)))
                .stream()
                        .map(String::valueOf)
                        .filter(c -> !ShortNames.isReflected(c))
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
