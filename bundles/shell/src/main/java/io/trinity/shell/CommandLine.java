package io.trinity.shell;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one command, told apart by its usage: {@code plugin:log NAME [-n LINES]
 * [--json]}. A word in capitals is a value, a dash makes an option, brackets make it optional, and
 * three dots let the last value come more than once: {@code [SCOPE...]}. Words after two dashes are
 * values whatever they look like.
 */
final class CommandLine {
    private final String usage;
    private final List<String> values = new ArrayList<>();
    private final Map<String, String> options = new LinkedHashMap<>();

    private CommandLine(String usage) {
        this.usage = usage;
    }

    /**
     * Parses arguments.
     *
     * @param usage what people are shown; options and values are read from it
     * @throws CommandFailure if the arguments do not fit the usage
     */
    static CommandLine parse(String usage, String... arguments) {
        CommandLine line = new CommandLine(usage);
        Usage allowed = Usage.of(usage);
        boolean onlyValues = false;
        for (int i = 0; i < arguments.length; i++) {
            String word = arguments[i];
            if (!onlyValues && word.equals("--")) {
                onlyValues = true;
            } else if (onlyValues || !word.startsWith("-") || word.equals("-")) {
                line.values.add(word);
            } else if (allowed.flags.contains(word)) {
                line.options.put(word, "");
            } else if (allowed.valued.contains(word)) {
                i++;
                if (i == arguments.length) {
                    throw line.wrong(word + " needs a value");
                }
                line.options.put(word, arguments[i]);
            } else {
                throw line.wrong("unknown option " + word);
            }
        }
        if (line.values.size() > allowed.most) {
            throw line.wrong("unexpected '" + line.values.get(allowed.most) + "'");
        }
        if (line.values.size() < allowed.least.size()) {
            throw line.wrong(allowed.least.get(line.values.size()) + " is missing");
        }
        for (String needed : allowed.required) {
            if (!line.options.containsKey(needed)) {
                throw line.wrong(needed + " is missing");
            }
        }
        return line;
    }

    String value(int index) {
        return values.get(index);
    }

    /** A value that the usage puts into brackets. */
    Optional<String> optional(int index) {
        return index < values.size() ? Optional.of(values.get(index)) : Optional.empty();
    }

    /** The values from that one on; for a last value with three dots. */
    List<String> from(int index) {
        return index < values.size()
                ? List.copyOf(values.subList(index, values.size()))
                : List.of();
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    Optional<String> option(String option) {
        return Optional.ofNullable(options.get(option));
    }

    /** A whole number within bounds, or the default where the option is absent. */
    int number(String option, int min, int max, int absent) {
        String text = options.get(option);
        if (text == null) {
            return absent;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, with the range
        }
        throw wrong(option + " takes a number from " + min + " to " + max + ", not '" + text + "'");
    }

    /** For arguments that fit each by itself and not together. */
    CommandFailure wrong(String what) {
        return CommandFailure.usage(what + "; usage: " + usage);
    }

    /** What a usage line allows: values, those named {@code least} in any case. */
    private record Usage(
            List<String> least,
            int most,
            Set<String> flags,
            Set<String> valued,
            Set<String> required) {
        static Usage of(String usage) {
            List<String> least = new ArrayList<>();
            int most = 0;
            Set<String> flags = new HashSet<>();
            Set<String> valued = new HashSet<>();
            Set<String> required = new HashSet<>();
            List<String> words = List.of(usage.split(" "));
            @Nullable String open = null;
            for (String word : words.subList(1, words.size())) {
                String bare = word.replace("[", "").replace("]", "");
                if (bare.startsWith("-")) {
                    flags.add(bare);
                    open = word.endsWith("]") ? null : bare;
                    if (!word.startsWith("[")) {
                        required.add(bare);
                    }
                } else if (open != null) {
                    flags.remove(open);
                    valued.add(open);
                    open = null;
                } else {
                    if (!word.startsWith("[")) {
                        least.add(bare.replace("...", ""));
                    }
                    most = bare.endsWith("...") ? Integer.MAX_VALUE : most + 1;
                }
            }
            return new Usage(least, most, flags, valued, required);
        }
    }
}
