package io.trinity.api.world;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.PluginException;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** What has exports of the contract. Thread-safe. */
@ProviderType
public interface Exports {
    /**
     * The exports of a world, or of one of those that any plugin may add. Good for as long as this
     * is; may be kept.
     *
     * @param world whose exports are called; one that is not there is NOT_FOUND at the call
     */
    default <W extends World> W as(Class<W> world) {
        return WorldProxy.of(world, this);
    }

    /**
     * Calls an export by its name: for who knows that only when it runs. All others use {@link
     * #as}.
     *
     * @param function name of the export, such as {@code process}
     * @param options key of the stream and the deadline
     * @param arguments of the types that the world's method of that name has
     * @return the value, or the plugin's refusal where the function's result is a {@code result<_,
     *     string>}
     * @throws PluginException when the plugin is not active or paused, traps, breaks the contract
     *     or hits a limit
     */
    Answer<@Nullable Object> call(
            String function, CallOptions options, @Nullable Object... arguments);
}
