package io.trinity.pipeline;

import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.PluginSnapshot;
import java.util.Optional;

/**
 * A stage that a pipeline is to pass and that does not serve.
 *
 * @param why in words, with what to do: "it is paused; plugin:resume mask lets it go on"
 */
record Missing(String stage, String why) {
    /**
     * Why a stage without a service, or one that is not to be called, does not serve.
     *
     * @param plugin of that name; nothing where there is none
     */
    static Missing of(String stage, Optional<PluginSnapshot> plugin) {
        if (plugin.isEmpty()) {
            return new Missing(
                    stage,
                    "there is no plugin of that name; put its file into plugins/, or correct"
                            + " stages");
        }
        PluginSnapshot p = plugin.get();
        if (p.type().isPresent() && !p.type().get().equals(ExtensionType.PIPELINE_STAGE)) {
            return new Missing(
                    stage,
                    "it is no pipeline_stage but a "
                            + p.type().get().label()
                            + "; take it out of stages");
        }
        if (p.type().isEmpty() && p.generation() > 0) {
            return new Missing(
                    stage,
                    "it is no pipeline_stage but has hooks only; take it out of stages: hooks are"
                            + " called without being named there");
        }
        return new Missing(
                stage,
                p.whyNotServing()
                        .orElse(
                                "it is just beginning to serve; plugin:why "
                                        + stage
                                        + " tells more"));
    }

    /** As one that counts though nobody named it, only since its file lies there. */
    Missing unnamed() {
        return new Missing(
                stage,
                why
                        + "; plugin:unload "
                        + stage
                        + " lets files pass without it, and so does a list of stages that it is not"
                        + " in");
    }

    /** {@code stage 'mask' does not serve: it is paused; plugin:resume mask lets it go on}. */
    @Override
    public String toString() {
        return "stage '%s' does not serve: %s".formatted(stage, why);
    }
}
