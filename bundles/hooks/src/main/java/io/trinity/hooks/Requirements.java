package io.trinity.hooks;

import io.trinity.api.config.Places;
import io.trinity.api.plugin.HookPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which hooks are required: those that manifests say, and what is configured over that. Of several
 * rules for one hook the one that says most of it holds; of two that say as much, the one that
 * requires. Pure; ADR 0024.
 *
 * @param rules in effect
 */
record Requirements(List<Rule> rules) {
    static final Requirements NONE = new Requirements(List.of());

    private static final Pattern FORM =
            Pattern.compile("([a-z][a-z0-9-]{0,62})(?::([a-z_]+)(?:/([a-z0-9._-]{1,64}))?)?");

    /**
     * What is configured for a plugin, one of its points, or one custom hook.
     *
     * @param point empty for all points of the plugin
     * @param name of a custom hook; empty for all at the point
     */
    record Rule(String plugin, Optional<HookPoint> point, String name, boolean required) {
        boolean holds(String of, HookPoint at, String called) {
            return plugin.equals(of)
                    && point.map(p -> p == at).orElse(true)
                    && (name.isEmpty() || name.equals(called));
        }

        private int precision() {
            return (point.isPresent() ? 2 : 0) + (name.isEmpty() ? 0 : 1);
        }
    }

    Requirements {
        rules = List.copyOf(rules);
    }

    /**
     * Reads what is configured: {@code PLUGIN}, {@code PLUGIN:POINT}, {@code PLUGIN:custom/NAME}.
     *
     * @param problems told of each that is none, in one sentence
     */
    static Requirements read(
            List<String> required, List<String> optional, Consumer<String> problems) {
        List<Rule> rules = new ArrayList<>();
        required.forEach(text -> parse("required", text, true, problems).ifPresent(rules::add));
        optional.forEach(text -> parse("optional", text, false, problems).ifPresent(rules::add));
        for (String both : required.stream().filter(optional::contains).toList()) {
            problems.accept(
                    "%s: '%s' is both required and optional; it is required"
                            .formatted(Places.of(HookComponent.PID), both));
        }
        return new Requirements(rules);
    }

    private static Optional<Rule> parse(
            String key, String text, boolean required, Consumer<String> problems) {
        Matcher m = FORM.matcher(text);
        if (m.matches()) {
            Optional<HookPoint> point = Optional.ofNullable(m.group(2)).flatMap(HookPoint::byLabel);
            String name = m.group(3) == null ? "" : m.group(3);
            boolean known = point.map(HookPoint::answers).orElse(m.group(2) == null);
            if (known && (name.isEmpty() || point.filter(HookPoint.CUSTOM::equals).isPresent())) {
                return Optional.of(new Rule(m.group(1), point, name, required));
            }
        }
        problems.accept(
                "%s: %s=%s is left out; write PLUGIN, PLUGIN:POINT or PLUGIN:custom/NAME, where POINT is pre_pipeline, post_chunk, pre_fusion, post_fusion or custom"
                        .formatted(Places.of(HookComponent.PID), key, text));
        return Optional.empty();
    }

    /** Whether nothing goes on without this hook. */
    boolean requires(String plugin, DeclaredHook declared) {
        return declared.point().answers()
                && rules.stream()
                        .filter(r -> r.holds(plugin, declared.point(), declared.name()))
                        .max(Comparator.comparingInt(Rule::precision).thenComparing(Rule::required))
                        .map(Rule::required)
                        .orElse(declared.required());
    }

    /** The rules that require. */
    List<Rule> requiring() {
        return rules.stream().filter(Rule::required).toList();
    }
}
