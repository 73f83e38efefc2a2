package io.trinity.shell;

import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.text.Escaped;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code plugin:top}. */
@Component(
        service = PluginTop.class,
        immediate = true,
        property = {"osgi.command.scope=plugin", "osgi.command.function=top"})
public final class PluginTop {
    static final String USAGE = "plugin:top [-n COUNT] [-d SECONDS] [--json]";
    private static final int MAX_COUNT = 100_000;
    private static final int MAX_SECONDS = 3600;

    private final PluginRegistry registry;
    private final Pause pause;

    /** How time passes between two looks. */
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    @Activate
    public PluginTop(@Reference PluginRegistry registry) {
        this(registry, time -> Thread.sleep(time.toMillis()));
    }

    PluginTop(PluginRegistry registry, Pause pause) {
        this.registry = registry;
        this.pause = pause;
    }

    @Descriptor(
            "the busiest plugins since the start, then COUNT - 1 times since the last look; usage: "
                    + USAGE)
    public @Nullable String top(
            CommandSession session,
            @Descriptor("[-n COUNT] [-d SECONDS] [--json]") String... arguments) {
        return Answer.of(top(session.getConsole(), arguments));
    }

    /**
     * Prints each table as it is made, but for the last, which is the answer.
     *
     * @param console what System.out ends in; it may have a buffer of its own
     */
    String top(PrintStream console, String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, arguments);
        int count = line.number("-n", 1, MAX_COUNT, 1);
        Duration wait = Duration.ofSeconds(line.number("-d", 1, MAX_SECONDS, 2));
        List<TopTable.Look> before = List.of();
        for (int round = 1; round < count; round++) {
            List<TopTable.Look> now = look();
            System.out.print(Escaped.lines(text(line, before, now)));
            System.out.print(line.has("--json") ? "" : "\n");
            System.out.flush();
            console.flush();
            try {
                pause.of(wait);
            } catch (InterruptedException e) {
                // Ctrl-C is how one ends it.
                return "";
            }
            before = now;
        }
        return text(line, before, look());
    }

    private List<TopTable.Look> look() {
        return registry.list().stream()
                .flatMap(p -> registry.usage(p.name()).stream().map(u -> new TopTable.Look(p, u)))
                .toList();
    }

    private static String text(
            CommandLine line, List<TopTable.Look> before, List<TopTable.Look> now) {
        TopTable top = TopTable.between(before, now);
        return line.has("--json") ? Json.line(top.fields()) : top.toString();
    }
}
