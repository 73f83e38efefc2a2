package io.trinity.hooks;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.HookPoint;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hook that a plugin asks for, as service property {@code plugin.hooks.declared} tells it: {@code
 * post_chunk@500}, {@code custom/NAME@500!}.
 *
 * @param name of a custom hook; empty otherwise
 * @param required by the plugin's manifest; {@link Requirements} has the last word
 */
record DeclaredHook(HookPoint point, String name, int priority, boolean required) {
    private static final Pattern FORM = Pattern.compile("([a-z_]+)(?:/([^@]+))?@([0-9]{1,6})(!)?");

    /** What a manifest declares. */
    static DeclaredHook of(Manifest.HookDeclaration w) {
        return new DeclaredHook(w.point(), w.name(), w.priority(), w.required());
    }

    /** The hook that a text declares; nothing where it declares none. */
    static Optional<DeclaredHook> parse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        String name = m.group(2) == null ? "" : m.group(2);
        return HookPoint.byLabel(m.group(1))
                .filter(p -> (p == HookPoint.CUSTOM) != name.isEmpty())
                .map(
                        p ->
                                new DeclaredHook(
                                        p, name, Integer.parseInt(m.group(3)), m.group(4) != null));
    }

    /** Whether their names decide which of two is called first. */
    boolean sharesPlaceWith(DeclaredHook other) {
        return point == other.point && name.equals(other.name) && priority == other.priority;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return place() + "@" + priority + (required ? "!" : "");
    }

    /** {@code post_chunk}, {@code custom/NAME}. */
    String place() {
        return name.isEmpty() ? point.label() : point.label() + "/" + name;
    }
}
