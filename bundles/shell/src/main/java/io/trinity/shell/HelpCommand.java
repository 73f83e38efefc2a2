package io.trinity.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code trinity:help}, which is {@code help} in the shell and on the control socket. */
@Component(
        service = HelpCommand.class,
        immediate = true,
        property = {"osgi.command.scope=trinity", "osgi.command.function=help"})
public final class HelpCommand {
    static final String USAGE = "trinity:help [COMMAND] [--json]";

    private static final String SCOPE = "osgi.command.scope";
    private static final String FUNCTION = "osgi.command.function";

    /** Where the names of all commands are in a session of Gogo. */
    private static final String COMMANDS = ".commands";

    private static final String OURS = "io.trinity.";

    private final BundleContext context;

    @Activate
    public HelpCommand(BundleContext context) {
        this.context = context;
    }

    @Descriptor("all commands, or how one of them is used; usage: " + USAGE)
    public @Nullable String help(
            CommandSession session, @Descriptor("[COMMAND] [--json]") String... arguments) {
        return Answer.of(help(known(session), arguments));
    }

    static String help(List<KnownCommand> commands, String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, arguments);
        HelpText text = new HelpText(commands);
        Optional<String> word = line.optional(0);
        if (line.has("--json")) {
            return Json.write(text.fields());
        }
        return word.map(text::of).orElseGet(text::all);
    }

    /** Those that are services, and of all others their names. */
    private List<KnownCommand> known(CommandSession session) {
        List<KnownCommand> known = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ServiceReference<?> reference : services()) {
            Object target = context.getService(reference);
            if (target == null) {
                continue;
            }
            boolean ours = String.valueOf(reference.getBundle().getSymbolicName()).startsWith(OURS);
            for (String function : texts(reference.getProperty(FUNCTION))) {
                KnownCommand c =
                        KnownCommand.of(
                                String.valueOf(reference.getProperty(SCOPE)),
                                function,
                                target,
                                ours);
                if (names.add(c.name().toLowerCase(Locale.ROOT))) {
                    known.add(c);
                }
            }
            context.ungetService(reference);
        }
        if (session.get(COMMANDS) instanceof Collection<?> all) {
            all.stream()
                    .map(String::valueOf)
                    .filter(names::add)
                    .map(KnownCommand::named)
                    .forEach(known::add);
        }
        return known;
    }

    private List<ServiceReference<?>> services() {
        try {
            ServiceReference<?>[] found =
                    context.getAllServiceReferences(
                            null, "(&(" + SCOPE + "=*)(" + FUNCTION + "=*))");
            return found == null ? List.of() : Arrays.asList(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("a filter without a variable", e);
        }
    }

    /** A text with blanks between, an array or a collection: Gogo takes each. */
    private static List<String> texts(@Nullable Object property) {
        Stream<?> parts;
        if (property instanceof Object[] array) {
            parts = Arrays.stream(array);
        } else if (property instanceof Collection<?> collection) {
            parts = collection.stream();
        } else {
            parts = Stream.ofNullable(property);
        }
        return parts.flatMap(p -> Stream.of(String.valueOf(p).strip().split("\\s+"))).toList();
    }
}
