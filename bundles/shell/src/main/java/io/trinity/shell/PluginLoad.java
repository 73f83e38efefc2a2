package io.trinity.shell;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.reload.Reloader;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code plugin:load}, {@code plugin:unload}, {@code plugin:reload} and {@code plugin:retry}. */
@Component(
        service = PluginLoad.class,
        immediate = true,
        property = {
            "osgi.command.scope=plugin",
            "osgi.command.function=load",
            "osgi.command.function=unload",
            "osgi.command.function=reload",
            "osgi.command.function=retry"
        })
public final class PluginLoad {
    static final String LOAD_USAGE = "plugin:load NAME [--json]";
    static final String UNLOAD_USAGE = "plugin:unload NAME [--json]";
    static final String RELOAD_USAGE = "plugin:reload NAME [--json]";
    static final String RETRY_USAGE = "plugin:retry NAME [--json]";

    private final PluginRegistry registry;
    private final Reloader reloader;
    private final PluginLifecycle lifecycle;

    @Activate
    public PluginLoad(
            @Reference PluginRegistry registry,
            @Reference Reloader reloader,
            @Reference PluginLifecycle lifecycle) {
        this.registry = registry;
        this.reloader = reloader;
        this.lifecycle = lifecycle;
    }

    @Descriptor("loads a plugin that was unloaded, or a file of the folder; usage: " + LOAD_USAGE)
    public @Nullable String load(
            CommandSession session, @Descriptor("NAME [--json]") String... arguments) {
        return Answer.of(goesOn(session, "load", () -> load(arguments)));
    }

    String load(String... arguments) {
        return told(CommandLine.parse(LOAD_USAGE, arguments), reloader::load);
    }

    @Descriptor(
            "drains a plugin and leaves its file alone until plugin:load; usage: " + UNLOAD_USAGE)
    public @Nullable String unload(
            CommandSession session, @Descriptor("NAME [--json]") String... arguments) {
        return Answer.of(goesOn(session, "unload", () -> unload(arguments)));
    }

    String unload(String... arguments) {
        return told(CommandLine.parse(UNLOAD_USAGE, arguments), reloader::unload);
    }

    @Descriptor("loads a plugin's file again, even if it serves; usage: " + RELOAD_USAGE)
    public @Nullable String reload(
            CommandSession session, @Descriptor("NAME [--json]") String... arguments) {
        return Answer.of(goesOn(session, "reload", () -> reload(arguments)));
    }

    String reload(String... arguments) {
        return told(CommandLine.parse(RELOAD_USAGE, arguments), reloader::reload);
    }

    @Descriptor("tries again to load what was refused, or ends a quarantine; usage: " + RETRY_USAGE)
    public @Nullable String retry(
            CommandSession session, @Descriptor("NAME [--json]") String... arguments) {
        return Answer.of(goesOn(session, "load", () -> retry(arguments)));
    }

    String retry(String... arguments) {
        CommandLine line = CommandLine.parse(RETRY_USAGE, arguments);
        PluginSnapshot plugin = PluginNames.require(registry, line.value(0));
        if (plugin.error().isEmpty()) {
            throw CommandFailure.of(
                    ErrorCode.ILLEGAL_TRANSITION,
                    "plugin '"
                            + plugin.name()
                            + "' is "
                            + PluginText.state(plugin)
                            + " and has no error; "
                            + (plugin.disabled() ? "plugin:load" : "plugin:reload")
                            + " loads it");
        }
        boolean quarantined =
                plugin.error().filter(f -> f.code() == ErrorCode.QUARANTINED).isPresent();
        return told(line, quarantined ? this::endQuarantine : reloader::load);
    }

    private static String goesOn(CommandSession session, String verb, Supplier<String> work) {
        return GoesOn.quietly(session, "it " + verb + "s the plugin; plugin:list shows it", work);
    }

    private PluginSnapshot endQuarantine(String name) {
        lifecycle.endQuarantine(name);
        return PluginNames.require(registry, name);
    }

    private static String told(CommandLine line, Function<String, PluginSnapshot> action) {
        PluginSnapshot after = Refusals.told(() -> action.apply(line.value(0)));
        return line.has("--json") ? Json.write(Json.plugin(after)) : PluginText.line(after);
    }
}
