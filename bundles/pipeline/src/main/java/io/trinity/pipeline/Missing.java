package io.trinity.pipeline;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import java.util.Optional;

/**
 * A stage that a pipeline is to pass and that does not serve.
 *
 * @param why as "it is paused"
 * @param remedy what an operator can do
 */
record Missing(String stage, String why, String remedy) {
    /**
     * Why a stage without a service, or one that is not to be called, does not serve.
     *
     * @param plugin of that name; nothing where there is none
     */
    static Missing of(String stage, Optional<PluginSnapshot> plugin) {
        if (plugin.isEmpty()) {
            return new Missing(
                    stage,
                    "there is no plugin of that name",
                    "put its file into plugins/, or correct stages");
        }
        PluginSnapshot p = plugin.get();
        if (p.type().isPresent() && p.type().get() != ExtensionType.PIPELINE_STAGE) {
            return new Missing(
                    stage,
                    "it is no pipeline_stage but a " + p.type().get().label(),
                    "take it out of stages");
        }
        if (p.type().isEmpty() && p.generation() > 0) {
            return new Missing(
                    stage,
                    "it is no pipeline_stage but has hooks only",
                    "take it out of stages: hooks are called without being named there");
        }
        return new Missing(stage, why(p), remedy(p));
    }

    private static String why(PluginSnapshot p) {
        if (p.state() == PluginState.UNLOADED && p.disabled()) {
            return "it was unloaded by command";
        }
        return switch (p.state()) {
            case PAUSED -> "it is paused";
            case LOADING -> "it is being loaded";
            case ACTIVE, RELOADING -> "it is just beginning to serve";
            case DRAINING -> "it is ending";
            case UNLOADED -> "it is unloaded";
            case ERROR ->
                    p.error()
                            .map(
                                    e ->
                                            e.code() == ErrorCode.QUARANTINED
                                                    ? "it is in quarantine"
                                                    : "it is in error by " + e.code())
                            .orElse("it is in error");
        };
    }

    private static String remedy(PluginSnapshot p) {
        String name = p.name();
        if (p.state() == PluginState.PAUSED) {
            return "plugin:resume " + name + " lets it go on";
        }
        if (p.state() == PluginState.UNLOADED) {
            return "plugin:load " + name + " brings it back";
        }
        boolean quarantined = p.error().filter(e -> e.code() == ErrorCode.QUARANTINED).isPresent();
        return quarantined
                ? "plugin:why %s tells when it is tried again, plugin:retry %s does it now"
                        .formatted(name, name)
                : "plugin:why " + name + " tells more";
    }

    /** {@code stage 'mask' does not serve: it is paused; plugin:resume mask lets it go on}. */
    @Override
    public String toString() {
        return "stage '%s' does not serve: %s; %s".formatted(stage, why, remedy);
    }
}
