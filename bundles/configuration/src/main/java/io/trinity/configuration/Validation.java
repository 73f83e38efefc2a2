package io.trinity.configuration;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.config.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.metatype.AttributeDefinition;

/** What of the files nobody takes: names of files, keys and values. Pure but for the schema. */
final class Validation {
    static final String UNKNOWN = "no known key";

    /** The key that names an instance where its file does not. */
    private static final Map<String, String> NAMED_BY =
            Map.of(Schema.PLUGIN, "plugin", "io.trinity.pipeline", "pipeline");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private final Schema schema;

    Validation(Schema schema) {
        this.schema = schema;
    }

    /** What is wrong with a file that is in effect, by its name, its keys and its values. */
    List<Problem> of(Pid pid, ConfFile file) {
        if (!(pid.pid() + ".").startsWith(Schema.OURS)) {
            return unprefixed(pid, file.name()).stream().toList();
        }
        Optional<Problem> name = name(pid, file.name()).or(() -> instance(pid, file));
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

    /** A file of ours whose name lacks its beginning. Of other files nothing is said. */
    private Optional<Problem> unprefixed(Pid pid, String file) {
        if ((pid.pid() + ".").toLowerCase(Locale.ROOT).startsWith(Schema.OURS)) {
            return Optional.of(
                    new Problem(
                            file,
                            0,
                            "",
                            "no part of the host takes it; did you mean "
                                    + file.toLowerCase(Locale.ROOT)
                                    + "?"));
        }
        String meant = Schema.OURS + pid.pid();
        boolean known =
                schema.singletons().containsKey(meant) || schema.factories().containsKey(meant);
        return known
                ? Optional.of(
                        new Problem(
                                file,
                                0,
                                "",
                                "no part of the host takes it; did you mean "
                                        + Schema.OURS
                                        + file
                                        + "?"))
                : Optional.empty();
    }

    /** What is wrong with the name of a file that looks like one of ours and is none. */
    static Optional<Problem> stranger(String file) {
        boolean ours =
                file.toLowerCase(Locale.ROOT).contains(Schema.OURS) && Pid.of(file).isEmpty();
        boolean meant =
                file.matches(
                        "(?i).*[.](cfg|config)([.]txt)?|.*[.](conf|properties|txt|ini|ya?ml|json|xml)");
        return ours && meant
                ? Optional.of(
                        new Problem(
                                file,
                                0,
                                "",
                                !file.endsWith(".cfg") && !file.endsWith(".config")
                                        ? "its name ends in neither .cfg nor .config; it has no"
                                                + " effect"
                                        : "no configuration is named so, but "
                                                + Schema.OURS
                                                + "PART.cfg or "
                                                + Schema.OURS
                                                + "PART-NAME.cfg, in letters, digits, dots and"
                                                + " hyphens; it has no effect"))
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
                            + Spelling.nearest(wanted, known.toList())
                                    .map(n -> "; did you mean " + n + ".cfg?")
                                    .orElse("");
        }
        return Optional.of(new Problem(file, 0, "", text));
    }

    /** A pipeline or a plugin that can have no such name. */
    private static Optional<Problem> instance(Pid pid, ConfFile file) {
        @Nullable String key = NAMED_BY.get(pid.pid());
        String name = pid.name().orElse("");
        if (key == null
                || NAME.matcher(name).matches()
                || file.values().map(v -> v.containsKey(key)).orElse(true)) {
            return Optional.empty();
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return Optional.of(
                new Problem(
                        file.name(),
                        0,
                        "",
                        "'%s' is no name of a %s: lower case letters, digits and hyphens, a letter first; it has no effect; set %s=NAME%s"
                                .formatted(
                                        name,
                                        key,
                                        key,
                                        NAME.matcher(lower).matches()
                                                ? ", or call it %s-%s.cfg"
                                                        .formatted(pid.pid(), lower)
                                                : "")));
    }

    private static String meant(String key, Collection<String> known) {
        return Spelling.nearest(key, known).map(n -> "; did you mean " + n + "?").orElse("");
    }

    /** Why a value is none for that key; empty where it is one. */
    static Optional<String> invalid(AttributeDefinition a, Object value) {
        if (a.getCardinality() != 0) {
            return Optional.empty();
        }
        String text = value.toString().trim();
        boolean typed =
                switch (a.getType()) {
                    case AttributeDefinition.INTEGER, AttributeDefinition.LONG -> isWhole(text);
                    case AttributeDefinition.BOOLEAN -> text.equals("true") || text.equals("false");
                    default -> true;
                };
        @Nullable String told = typed ? a.validate(text) : "type";
        return told == null || told.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "'%s' is not valid; it is%s: %s"
                                .formatted(text, options(a), a.getDescription()));
    }

    private static boolean isWhole(String text) {
        try {
            ConfigValues.wholeNumber(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String options(AttributeDefinition a) {
        String @Nullable [] values = a.getOptionValues();
        return values == null || values.length == 0 ? "" : " one of " + String.join(", ", values);
    }
}
