package io.trinity.shell;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a command's name without a scope stands for. Pure. */
final class ShortNames {
    /** Trinity's, in the order in which somebody new needs them. */
    static final List<String> OURS =
            List.of("plugin", "pipeline", "hook", "storage", "agent", "trinity");

    /** Where a name is looked for, for Gogo's variable of that name: Trinity's commands first. */
    static final String SCOPE = String.join(":", OURS) + ":gogo:felix:*";

    private static final String ANY = "*";

    /**
     * What Gogo's own profile makes commands of: all public methods of {@code java.lang.System} and
     * of the bundle context. They are no commands that anybody wrote, and {@code system:exit} ends
     * the host without a shutdown.
     */
    private static final Set<String> REFLECTED = Set.of("system", "context");

    private ShortNames() {}

    /** Whether a name with a scope is that of a method which nobody meant as a command. */
    static boolean isReflected(String name) {
        return REFLECTED.contains(scope(name.toLowerCase(Locale.ROOT)));
    }

    /** Which place a scope has among Trinity's; after all of them for others'. */
    static int place(String scope) {
        int at = OURS.indexOf(scope);
        return at < 0 ? OURS.size() : at;
    }

    /**
     * The commands that a name may mean: none, one, or several of Trinity's.
     *
     * @param function the name without a scope, in whatever case
     * @param path scopes with colons between, the first that has it wins; {@code *} for all others
     * @param commands all there are, as {@code scope:function} in small letters
     */
    static List<String> of(String function, String path, Collection<String> commands) {
        String end = ":" + function.toLowerCase(Locale.ROOT);
        List<String> named =
                commands.stream()
                        .filter(c -> c.equals(scope(c) + end) && !isReflected(c))
                        .sorted(
                                Comparator.<String>comparingInt(c -> place(scope(c)))
                                        .thenComparing(Comparator.naturalOrder()))
                        .toList();
        List<String> scopes = Arrays.asList(path.split(":"));
        List<String> told =
                scopes.stream().distinct().map(s -> s + end).filter(named::contains).toList();
        if (told.isEmpty() && scopes.contains(ANY)) {
            told = named;
        }
        if (told.isEmpty() || !isOurs(told.get(0))) {
            return told.stream().limit(1).toList();
        }
        return told.stream().filter(ShortNames::isOurs).toList();
    }

    /** Whether a name has one of Trinity's scopes. */
    static boolean isOurs(String name) {
        return OURS.contains(scope(name));
    }

    private static String scope(String name) {
        return name.substring(0, Math.max(0, name.indexOf(':')));
    }
}
