package io.trinity.api.hook;

import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.Window;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Calls the hooks of plugins, in the order of their priority (lower first, then by plugin name).
 *
 * <p>A hook that traps, errs, hits a limit or is paused is skipped, counted and logged; it fails
 * nothing of what was being worked on, nor keeps another hook from its turn. A hook that is
 * <em>required</em>, by its plugin's manifest or by the bus's configuration, is not skipped: where
 * it fails or cannot be called, be it paused, disabled, in quarantine or not there at all, what was
 * asked for ends in HOOK_REQUIRED and nothing goes on (ADR 0024). Every hook call is bounded by the
 * plugin's own limits and by the bus's {@code wallMillis}. Hooks may fire hooks: depths 1 to 4 run
 * (limit {@code hookDepth} of the plugin that is called), the next one is refused with
 * LIMIT_HOOK_DEPTH, logged, and skipped.
 *
 * <p>Thread-safe. Hooks run on the caller's thread, but for {@link #onError} and {@link
 * #onMetrics}, which return at once: they are delivered in order on a thread of the bus, and
 * dropped and counted when its bounded queue is full. Where nobody listens, no call allocates
 * anything, but for the weights that {@link #preFusion} returns.
 */
@ProviderType
public interface HookBus {
    /** Whether an enabled hook listens at a point, or a required one should. */
    boolean listens(HookPoint point);

    /**
     * A pipeline is about to start on these streams.
     *
     * @return the first veto, or nothing; after a veto no further hook is asked
     * @throws PluginException HOOK_REQUIRED
     */
    Optional<Veto> prePipeline(String pipeline, List<String> streams, HookTrace trace);

    /**
     * Chunks after the last stage. Each hook sees what the one before it left over.
     *
     * @param chunks of one stream, in order
     * @return what goes on; the list itself where nothing changed. Stream, sequence and last of
     *     chunks that a hook made are those of the chunks that it was called with, and the host's
     *     to number
     * @throws PluginException HOOK_REQUIRED: none of the chunks may go on
     */
    List<Chunk> postChunk(List<Chunk> chunks, HookTrace trace);

    /**
     * A window is about to be fused.
     *
     * @return one weight for each part in their order, not negative, finite; 0 leaves a part out.
     *     Each hook sees the weights that the one before it gave. A hook that answers another
     *     number of weights, or none that is finite and not negative, is skipped
     * @throws PluginException HOOK_REQUIRED
     */
    double[] preFusion(String key, List<Part> parts, HookTrace trace);

    /**
     * Windows were fused.
     *
     * @return the windows with the labels and notes that hooks gave, as many and in their order
     * @throws PluginException HOOK_REQUIRED
     */
    List<Window> postFusion(List<Window> windows, HookTrace trace);

    /** Something went wrong. Errors within an on_error hook are logged and not told again. */
    void onError(List<Incident> incidents);

    /** Readings of all metrics. */
    void onMetrics(List<Sample> samples);

    /**
     * Fires the custom hook of that name: each listener gets what the one before it returned.
     *
     * @param name 1 to 64 bytes of {@code a-z 0-9 - . _}
     * @param deadlineNanos {@link System#nanoTime()} at which it must be over; {@link
     *     Long#MAX_VALUE} for none
     * @return what the last listener returned; {@code payload} itself where nobody listens
     * @throws PluginException LIMIT_HOOK_DEPTH when called from a hook that is at the deepest level
     *     already; HOOK_REQUIRED
     */
    byte[] fire(String name, byte[] payload, long deadlineNanos, HookTrace trace);

    /**
     * All hooks in the order of point, custom name, priority and plugin; those as well that are
     * required and not there, which have no calls.
     */
    List<HookSnapshot> list();

    /**
     * Enables or disables a plugin's hooks at one point; remembered over restarts.
     *
     * @param name of a custom hook; empty for all of the plugin's hooks at the point
     * @throws PluginException NOT_FOUND when the plugin has no such hook; STORE_FAILED when it
     *     cannot be remembered (nothing is changed then)
     */
    void enable(String plugin, HookPoint point, String name, boolean enabled);

    /**
     * What the manifest of a plugin that is gone required is required no longer, until a plugin of
     * that name is loaded again. What the configuration requires stays required.
     *
     * @throws PluginException NOT_FOUND when nothing that is gone required anything by that name;
     *     ILLEGAL_TRANSITION when the plugin is there, be it off or refused; STORE_FAILED when it
     *     cannot be remembered (nothing is changed then)
     */
    void forget(String plugin);
}
