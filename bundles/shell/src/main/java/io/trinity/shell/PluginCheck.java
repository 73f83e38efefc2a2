package io.trinity.shell;

import io.trinity.api.home.Home;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.reload.CheckReport;
import io.trinity.api.reload.Reloader;
import io.trinity.api.text.Escaped;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code plugin:check}. */
@Component(
        service = PluginCheck.class,
        immediate = true,
        property = {"osgi.command.scope=plugin", "osgi.command.function=check"})
public final class PluginCheck {
    static final String USAGE = "plugin:check FILE [--json]";

    private final Reloader reloader;
    private final GivenFiles files;

    @Activate
    public PluginCheck(@Reference Reloader reloader, @Reference Home home) {
        this.reloader = reloader;
        this.files = new GivenFiles(home);
    }

    @Descriptor("all that loading a file would say, without loading it; usage: " + USAGE)
    public @Nullable String check(
            CommandSession session, @Descriptor("FILE [--json]") String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, arguments);
        Path file = files.looked(session.currentDir(), line.value(0));
        CheckReport report = reloader.check(file);
        String answer =
                line.has("--json")
                        ? Json.write(CheckText.fields(file, report))
                        : CheckText.of(file, report);
        Optional<Fault> fault = report.fault();
        if (fault.isEmpty()) {
            return Answer.of(answer);
        }
        System.out.print(
                line.has("--json") ? Escaped.lines(answer) : Folded.lines(Escaped.lines(answer)));
        System.out.flush();
        throw CommandFailure.of(fault.get().code(), fault.get().message());
    }
}
