package io.trinity.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words after a command of {@code ./tri}.
 *
 * @param values words that are not options
 * @param options options and their values, such as {@code --home}
 */
record Arguments(List<String> values, Map<String, String> options) {
    Arguments {
        values = List.copyOf(values);
        options = Map.copyOf(options);
    }

    /**
     * Parses words.
     *
     * @param usage shown when they do not fit
     * @param known options that may be given, each with a value
     * @param count how many words besides them there must be
     * @throws Failure if they do not fit
     */
    static Arguments parse(String usage, Set<String> known, int count, List<String> words) {
        List<String> values = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (known.contains(word)) {
                i++;
                if (i == words.size()) {
                    throw Failure.usage(word + " needs a value; usage: " + usage);
                }
                options.put(word, words.get(i));
            } else if (word.startsWith("-") && word.length() > 1 && !word.contains(" ")) {
                throw Failure.usage("unknown option " + word + "; usage: " + usage);
            } else {
                values.add(word);
            }
        }
        if (values.size() != count) {
            throw Failure.usage("usage: " + usage);
        }
        return new Arguments(values, options);
    }

    String value(int index) {
        return values.get(index);
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** The home that was named, absolute. */
    Path home() {
        return home(option("--home").orElseThrow(() -> new Failure("--home DIR is missing")));
    }

    /** Takes {@code --home DIR} out of words; {@code ./tri} puts it first. */
    static Path takeHome(List<String> words) {
        int at = words.indexOf("--home");
        if (at < 0 || at + 1 == words.size()) {
            throw Failure.usage("--home DIR is missing");
        }
        words.remove(at);
        return home(words.remove(at));
    }

    private static Path home(String name) {
        if (name.indexOf('\ufffd') >= 0) {
            throw Failure.usage(
                    "the name of the home is not UTF-8: " + name + "; give it another one");
        }
        return Path.of(name).toAbsolutePath().normalize();
    }
}
