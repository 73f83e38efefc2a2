package io.trinity.shell;

import io.trinity.api.home.FileWords;
import io.trinity.api.home.Home;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.text.Escaped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code plugin:log}. */
@Component(
        service = PluginLog.class,
        immediate = true,
        property = {"osgi.command.scope=plugin", "osgi.command.function=log"})
public final class PluginLog {
    static final String USAGE = "plugin:log NAME [-n LINES] [--json]";
    private static final int DEFAULT_LINES = 50;
    private static final int MAX_LINES = 10_000;

    private final PluginRegistry registry;
    private final Path log;

    @Activate
    public PluginLog(@Reference Home home, @Reference PluginRegistry registry) {
        this(registry, place(home));
    }

    /** In somebody else's framework the log is where that one keeps it. */
    private static Path place(Home home) {
        Path own = home.log().resolve("trinity.log");
        String karaf = System.getProperty("karaf.log");
        return karaf == null || Files.exists(own) ? own : Path.of(karaf).resolve("karaf.log");
    }

    PluginLog(PluginRegistry registry, Path log) {
        this.registry = registry;
        this.log = log;
    }

    @Descriptor("what a plugin logged and what was logged about it; usage: " + USAGE)
    public @Nullable String log(@Descriptor("NAME [-n LINES] [--json]") String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, arguments);
        int count = line.number("-n", 1, MAX_LINES, DEFAULT_LINES);
        String name = line.value(0);
        List<String> found = tail(name, count);
        if (found.isEmpty()) {
            // Lines of a plugin that is gone may still be asked for; a name never seen is a slip.
            PluginNames.require(registry, name);
        }
        if (line.has("--json")) {
            return Answer.of(Json.write(found));
        }
        return Answer.of(
                found.isEmpty()
                        ? "nothing about plugin '"
                                + name
                                + "' in "
                                + log
                                + " and what it was rotated into\n"
                        : String.join("\n", found.stream().map(Escaped::lines).toList()) + "\n");
    }

    private List<String> tail(String name, int count) {
        try {
            return LogTail.of(log, name, count);
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + log + ": " + FileWords.of(e));
        }
    }
}
