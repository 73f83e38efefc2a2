package io.trinity.wrapper;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.sandbox.Generation;
import io.trinity.api.sandbox.GenerationSource;
import io.trinity.api.sandbox.Sandbox;
import io.trinity.api.world.CheckedWorld;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The generation of one bundle, from STARTING to stopped. Whatever throws on the way, no guest is
 * left open and the registry is told what holds. For the framework's one thread for the bundle.
 */
final class BundledGeneration {
    private static final Logger LOG = LoggerFactory.getLogger(BundledGeneration.class);

    /** Export of world {@code checked}. */
    private static final String CHECK = "check";

    private static final List<String> CHECK_NAMES = List.of(CHECK, "cm32p2||" + CHECK);

    private final PluginLifecycle lifecycle;
    private @Nullable Generation generation;

    BundledGeneration(PluginLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /**
     * Opens it, asks its {@code check}, and hands it to the registry.
     *
     * @throws PluginException why it does not start
     */
    void open(GenerationSource source, Sandbox sandbox, long bundleId) {
        lifecycle.starting(source.manifest(), bundleId);
        try {
            Generation opened = sandbox.open(source);
            generation = opened;
            verify(opened);
            lifecycle.opened(opened, bundleId);
        } catch (RuntimeException | Error e) {
            closeGuests();
            lifecycle.failed(source.manifest().name(), "", refusal(source, e));
            throw e;
        }
    }

    /** A defect of the host's is no fault of the plugin's, and must not leave it in loading. */
    private static PluginException refusal(GenerationSource source, Throwable e) {
        return e instanceof PluginException p
                ? p
                : PluginException.of(
                        ErrorCode.INTERNAL,
                        source.ref(),
                        "the host failed: " + e,
                        "report it with the log",
                        e);
    }

    /**
     * A version that finds itself unfit never serves.
     *
     * @throws PluginException GUEST_ERROR where its check refuses; what else the call threw
     */
    private static void verify(Generation opened) {
        if (CHECK_NAMES.stream().anyMatch(opened.exports()::containsKey)
                && opened.as(CheckedWorld.class).check(CallOptions.DEFAULT)
                        instanceof Answer.Refusal<@Nullable Void> refusal) {
            throw PluginException.of(
                    ErrorCode.GUEST_ERROR,
                    opened.manifest().ref(),
                    PluginException.refusal("its check refused", refusal.text()),
                    "mend the plugin, or what it checks for");
        }
    }

    /** Drains it and closes its guests; nothing where it is not open. */
    void close() {
        Generation closing = generation;
        if (closing == null) {
            return;
        }
        String name = closing.manifest().name();
        try {
            lifecycle.drain(name, closing.number());
        } catch (RuntimeException e) {
            LOG.error("code=INTERNAL plugin={} is stopped without being drained", name, e);
        }
        closeGuests();
        lifecycle.closed(name, closing.number());
    }

    private void closeGuests() {
        Generation closing = generation;
        generation = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (RuntimeException e) {
                LOG.error("code=INTERNAL plugin={} its guests", closing.manifest().ref(), e);
            }
        }
    }
}
