package io.trinity.shell;

import io.trinity.api.plugin.ErrorCode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What {@code help} says: Trinity's commands first, by their scope, one line each. */
final class HelpText {
    private static final int MOST_COLUMNS = 96;
    private static final String INDENT = "  ";

    private static final Comparator<KnownCommand> ORDER =
            Comparator.<KnownCommand>comparingInt(c -> ShortNames.place(c.scope()))
                    .thenComparing(KnownCommand::name);

    private final List<KnownCommand> commands;

    HelpText(List<KnownCommand> commands) {
        this.commands = commands.stream().sorted(ORDER).toList();
    }

    /** All of Trinity's by their scope, then the names of all others. */
    String all() {
        StringBuilder out = new StringBuilder();
        List<KnownCommand> ours = commands.stream().filter(KnownCommand::isForPeople).toList();
        String scope = "";
        for (KnownCommand c : ours) {
            out.append(scope.isEmpty() || scope.equals(c.scope()) ? "" : "\n");
            scope = c.scope();
            out.append(line(c, width(ours)));
        }
        out.append("\n'help COMMAND' tells how one is used, 'help SCOPE' lists one scope.");
        out.append(" The framework's own:\n");
        others().forEach((name, functions) -> wrap(out, name, functions));
        return out.toString();
    }

    /**
     * What there is to say of one word: a command with or without its scope, or a scope.
     *
     * @throws CommandFailure NOT_FOUND
     */
    String of(String word) {
        List<KnownCommand> found =
                commands.stream()
                        .filter(c -> c.name().equals(word) || c.function().equals(word))
                        .toList();
        if (found.stream().anyMatch(c -> c.ours())) {
            found = found.stream().filter(KnownCommand::ours).toList();
        }
        if (found.size() == 1 || (!found.isEmpty() && word.contains(":"))) {
            return one(found.get(0));
        }
        if (found.isEmpty()) {
            found = commands.stream().filter(c -> c.scope().equals(word)).toList();
        }
        if (found.isEmpty()) {
            throw CommandFailure.of(
                    ErrorCode.NOT_FOUND, "there is no command '" + word + "'; 'help' lists all");
        }
        StringBuilder out = new StringBuilder();
        for (KnownCommand c : found) {
            out.append(line(c, width(found)));
        }
        return out.toString();
    }

    /** All of Trinity's as fields of JSON. */
    List<Map<String, Object>> fields() {
        return commands.stream().filter(KnownCommand::isForPeople).map(HelpText::fields).toList();
    }

    private static Map<String, Object> fields(KnownCommand c) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("command", c.name());
        fields.put("description", c.description());
        fields.put("usage", c.usage());
        return fields;
    }

    private static String one(KnownCommand c) {
        return c.name()
                + (c.description().isEmpty() ? "" : "  " + c.description())
                + "\n"
                + (c.usage().isEmpty() ? "" : "usage: " + c.usage() + "\n");
    }

    private static String line(KnownCommand c, int width) {
        return (INDENT + c.name() + " ".repeat(width - c.name().length()) + "  " + c.description())
                        .stripTrailing()
                + "\n";
    }

    private static int width(List<KnownCommand> commands) {
        return commands.stream().mapToInt(c -> c.name().length()).max().orElse(0);
    }

    private Map<String, TreeSet<String>> others() {
        Map<String, TreeSet<String>> others = new TreeMap<>();
        commands.stream()
                .filter(c -> !c.ours() && !c.function().startsWith("_"))
                .forEach(
                        c ->
                                others.computeIfAbsent(c.scope(), s -> new TreeSet<>())
                                        .add(c.function()));
        return others;
    }

    private static void wrap(StringBuilder out, String scope, TreeSet<String> functions) {
        String begin = INDENT + scope + ":";
        StringBuilder line = new StringBuilder(begin);
        for (String function : functions) {
            if (line.length() + 1 + function.length() > MOST_COLUMNS) {
                out.append(line).append('\n');
                line = new StringBuilder(" ".repeat(begin.length()));
            }
            line.append(' ').append(function);
        }
        out.append(line).append('\n');
    }
}
