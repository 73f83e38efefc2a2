package io.trinity.shell;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;

/**
 * One command, as its {@link Descriptor} tells of it: {@code what it does; usage: plugin:list
 * [--json]}.
 *
 * @param scope what stands before the colon
 * @param function what stands behind it
 * @param ours whether it is a command of Trinity
 * @param description what it does; empty where nothing is said
 * @param usage how it is called; empty where nothing is said
 */
record KnownCommand(String scope, String function, boolean ours, String description, String usage) {
    private static final String USAGE = "; usage: ";

    /** What only completion asks for ends with these words. */
    private static final String INNER = "for completion";

    /** A command of which nothing but its name is known: {@code scope:function}. */
    static KnownCommand named(String name) {
        int colon = name.indexOf(':');
        return new KnownCommand(
                name.substring(0, Math.max(0, colon)), name.substring(colon + 1), false, "", "");
    }

    /** A command that is a method of an object. */
    static KnownCommand of(String scope, String function, Object target, boolean ours) {
        Optional<Method> method =
                Arrays.stream(target.getClass().getMethods())
                        .filter(m -> isCalled(m.getName(), function))
                        .filter(m -> m.isAnnotationPresent(Descriptor.class))
                        .findFirst();
        String text = method.map(m -> text(m.getAnnotation(Descriptor.class))).orElse("");
        int at = text.indexOf(USAGE);
        return new KnownCommand(
                scope,
                function,
                ours,
                at < 0 ? text : text.substring(0, at),
                at < 0
                        ? method.map(m -> words(scope + ":" + function, m)).orElse("")
                        : text.substring(at + USAGE.length()));
    }

    /** As it is typed: {@code scope:function}. */
    String name() {
        return scope + ":" + function;
    }

    /** Whether people have a use for it. */
    boolean isForPeople() {
        return ours && !description.endsWith(INNER);
    }

    /** Gogo calls by these names; an underscore stands before what is a word of Java. */
    private static boolean isCalled(String method, String function) {
        String name = method.toLowerCase(Locale.ROOT);
        String wanted = function.toLowerCase(Locale.ROOT);
        return name.equals(wanted)
                || name.equals("_" + wanted)
                || name.equals("get" + wanted)
                || name.equals("is" + wanted);
    }

    /** A usage for commands that have none: what Gogo itself would say of the parameters. */
    private static String words(String name, Method method) {
        StringBuilder usage = new StringBuilder(name);
        for (Parameter p : method.getParameters()) {
            if (p.getType() != CommandSession.class) {
                usage.append(' ').append(word(p));
            }
        }
        return usage.toString();
    }

    private static String word(Parameter p) {
        var option = p.getAnnotation(org.apache.felix.service.command.Parameter.class);
        String what = text(p.getAnnotation(Descriptor.class));
        if (option != null) {
            return "[" + String.join("|", List.of(option.names())) + "]";
        }
        return "[" + (what.isEmpty() ? p.getType().getSimpleName() : what) + "]";
    }

    private static String text(@Nullable Descriptor descriptor) {
        return descriptor == null ? "" : descriptor.value();
    }
}
