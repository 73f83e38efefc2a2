package io.trinity.healthcheck;

import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;

/**
 * How the plugins are: the worst of what each of them is decides. Pure.
 *
 * <p>OK: active, paused, reloading without trouble, or unloaded by command. WARN: it works, and
 * something is wrong: a warning, a refused newer version, a bundle that somebody stopped.
 * TEMPORARILY_UNAVAILABLE: plugins are being loaded or drained. CRITICAL: a plugin is in error.
 */
final class PluginsHealth {
    private PluginsHealth() {}

    /**
     * @param settled whether all changes that are known have been dealt with
     */
    static Result of(List<PluginSnapshot> plugins, boolean settled) {
        FormattingResultLog log = new FormattingResultLog();
        for (PluginSnapshot p : plugins) {
            add(log, p);
        }
        if (!settled) {
            log.temporarilyUnavailable("plugins are being loaded or unloaded");
        }
        if (plugins.isEmpty()) {
            log.info("there are no plugins");
        }
        return new Result(log);
    }

    private static void add(FormattingResultLog log, PluginSnapshot p) {
        String who = "plugin '" + p.name() + "' " + p.version();
        switch (p.state()) {
            case ERROR -> log.critical("{} is in error: {}", who, fault(p));
            case LOADING, DRAINING ->
                    log.temporarilyUnavailable("{} is {}", who, p.state().label());
            case UNLOADED -> {
                if (p.disabled()) {
                    log.info("{} is unloaded by command", who);
                } else {
                    log.warn(
                            "{} is unloaded, and not by command: its bundle was stopped; run"
                                    + " plugin:load {}",
                            who,
                            p.name());
                }
            }
            case ACTIVE, PAUSED, RELOADING -> {
                log.info("{} is {}", who, p.state().label());
                p.error()
                        .ifPresent(
                                e ->
                                        log.warn(
                                                "{} serves, and its newest file was refused: {}",
                                                who,
                                                fault(p)));
            }
        }
        for (String warning : p.warnings()) {
            log.add(new ResultLog.Entry(Result.Status.WARN, who + ": " + warning));
        }
    }

    /** The message of a fault ends with what to do about it. */
    private static String fault(PluginSnapshot p) {
        return p.error().map(PluginsHealth::text).orElse("for no recorded reason");
    }

    private static String text(Fault fault) {
        return fault.code() + ": " + fault.message();
    }
}
