package io.trinity.reload;

import io.trinity.api.plugin.ErrorCode;
import java.util.List;

/**
 * Which steps a version takes, decided from what serves. Pure.
 *
 * @param commit what it is to be committed as
 */
record ReloadPlan(Commit commit) {
    /** What is left to do once it is verified. */
    enum Step {
        /** A restart starts it from now on. */
        COMMIT,
        /** It takes over from the one that serves. */
        SWAP,
        /** The one that served ends its calls and goes. */
        DRAIN
    }

    /**
     * What follows once it is verified. The commit comes before the swap: a crash in between starts
     * a version that was verified.
     *
     * @param serving number of the generation that serves; 0 for none. It is this one where none
     *     served, or where somebody stopped the old one meanwhile
     */
    List<Step> afterVerified(long serving) {
        return serving == commit.generation()
                ? List.of(Step.COMMIT)
                : List.of(Step.COMMIT, Step.SWAP, Step.DRAIN);
    }

    /**
     * Whether its bundle stays where it fails: RESOLVED, to show the cause until the file changes
     * or goes. Not beside one that serves, and not where nothing is wrong with it.
     *
     * @param serving number of the generation that serves; 0 for none
     * @param failed why it does not serve
     */
    boolean leavesBundle(long serving, ErrorCode failed) {
        return serving == 0 && failed != ErrorCode.STORE_FAILED;
    }
}
