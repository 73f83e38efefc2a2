package io.trinity.api.pipeline;

import java.util.Locale;

/** What a pipeline does at one instant. */
public enum PipelineState {
    /** Nothing is to be done. */
    IDLE,
    /** A file or a stream is in work. */
    WORKING,
    /** Inputs wait for plugins: those that are being loaded, or one that the pipeline names. */
    WAITING,
    /** A pre_pipeline hook refused the newest input. */
    VETOED,
    /** It cannot take or finish any input; {@link PipelineStatus#trouble} says why. */
    STUCK,
    /** Its configuration does not hold; it takes no input until that is mended. */
    REFUSED;

    /** The state's name as people and JSON see it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
