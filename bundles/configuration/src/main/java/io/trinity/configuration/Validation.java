package io.trinity.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.metatype.AttributeDefinition;

/** What of the files nobody takes: names of files, keys and values. Pure but for the schema. */
final class Validation {
    static final String UNKNOWN = "no known key";

    private static final int NEAR = 3;

    private final Schema schema;

    Validation(Schema schema) {
        this.schema = schema;
    }

    /** What is wrong with a file that is in effect, by its name, its keys and its values. */
    List<Problem> of(Pid pid, ConfFile file) {
        if (!(pid.pid() + ".").startsWith(Schema.OURS)) {
            return List.of();
        }
        Optional<Problem> name = name(pid, file.name());
        if (name.isPresent()) {
            return List.of(name.get());
        }
        Optional<Map<String, AttributeDefinition>> keys = schema.keys(pid);
        List<Problem> problems = new ArrayList<>();
        if (keys.isEmpty() || file.values().isEmpty()) {
            return problems;
        }
        file.values()
                .get()
                .forEach(
                        (key, value) -> {
                            int line = file.lines().getOrDefault(key, 0);
                            AttributeDefinition a = keys.get().get(key);
                            if (a != null) {
                                invalid(a, value)
                                        .ifPresent(
                                                t ->
                                                        problems.add(
                                                                new Problem(
                                                                        file.name(),
                                                                        line,
                                                                        key,
                                                                        t)));
                            } else if (!Schema.isOpen(pid.pid(), key)) {
                                problems.add(
                                        new Problem(
                                                file.name(),
                                                line,
                                                key,
                                                UNKNOWN
                                                        + "; it has no effect"
                                                        + meant(key, keys.get().keySet())));
                            }
                        });
        return problems;
    }

    /** What is wrong with the name of a file that looks like one of ours and is none. */
    static Optional<Problem> stranger(String file) {
        boolean ours = file.startsWith(Schema.OURS) && Pid.of(file).isEmpty();
        boolean meant =
                file.matches(
                        "(?i).*[.](cfg|config)([.]txt)?|.*[.](conf|properties|txt|ini|ya?ml|json|xml)");
        return ours && meant
                ? Optional.of(
                        new Problem(
                                file,
                                0,
                                "",
                                "its name ends in neither .cfg nor .config; it has no effect"))
                : Optional.empty();
    }

    private Optional<Problem> name(Pid pid, String file) {
        boolean factory = schema.factories().containsKey(pid.pid());
        boolean singleton = schema.singletons().containsKey(pid.pid());
        boolean named = pid.name().isPresent();
        if (named ? factory : singleton || schema.components().contains(pid.pid())) {
            return Optional.empty();
        }
        String text;
        if (factory) {
            text = "it names none of several; call it %s-NAME.cfg".formatted(pid.pid());
        } else if (singleton) {
            text = "there is only one of it; call it %s.cfg".formatted(pid.pid());
        } else {
            Stream<String> known =
                    Stream.concat(
                            schema.singletons().keySet().stream(),
                            schema.factories().keySet().stream().map(f -> f + "-NAME"));
            String wanted = pid.pid() + (named ? "-NAME" : "");
            text =
                    "no part of the host takes it; it has no effect"
                            + nearest(wanted, known.toList())
                                    .map(n -> "; did you mean " + n + ".cfg?")
                                    .orElse("");
        }
        return Optional.of(new Problem(file, 0, "", text));
    }

    private static String meant(String key, Collection<String> known) {
        return nearest(key, known).map(n -> "; did you mean " + n + "?").orElse("");
    }

    private static Optional<String> nearest(String word, Collection<String> known) {
        String best = "";
        int least = NEAR + 1;
        for (String k : known) {
            int d =
                    distance(
                            word.toLowerCase(java.util.Locale.ROOT),
                            k.toLowerCase(java.util.Locale.ROOT));
            if (d < least) {
                least = d;
                best = k;
            }
        }
        return least <= Math.min(NEAR, word.length() / 2) ? Optional.of(best) : Optional.empty();
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                corner = above;
            }
        }
        return row[b.length()];
    }

    private static Optional<String> invalid(AttributeDefinition a, Object value) {
        if (a.getCardinality() != 0) {
            return Optional.empty();
        }
        String text = value.toString().trim();
        boolean typed =
                switch (a.getType()) {
                    case AttributeDefinition.INTEGER, AttributeDefinition.LONG ->
                            text.matches("[+-]?[0-9]{1,19}");
                    case AttributeDefinition.BOOLEAN -> text.equals("true") || text.equals("false");
                    default -> true;
                };
        @Nullable String told = typed ? a.validate(text) : "type";
        return told == null || told.isEmpty()
                ? Optional.empty()
                : Optional.of("'%s' is not valid; it is: %s".formatted(text, a.getDescription()));
    }
}
