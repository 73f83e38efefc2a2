package io.trinity.adapter.storage.backend;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.storage.StorageBackend;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A plugin seen as storage. Thread-safe. What the caller may not ask for is an {@link
 * IllegalArgumentException} before the plugin is called.
 */
final class BackendPlugin implements StorageBackend {
    private static final int MAX_PAGE = 1000;

    private final Plugin plugin;

    BackendPlugin(Plugin plugin) {
        this.plugin = plugin;
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public Answer<Optional<byte[]>> get(String key) {
        KeyText.key(key);
        return call("get", value -> value((Optional<?>) Objects.requireNonNull(value)), key);
    }

    @Override
    public Answer<@Nullable Void> put(String key, byte[] value) {
        KeyText.key(key);
        if (value.length > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException(
                    "a value of " + value.length + " bytes exceeds " + MAX_VALUE_BYTES);
        }
        return call("put", BackendPlugin::nothing, key, value);
    }

    @Override
    public Answer<@Nullable Void> erase(String key) {
        KeyText.key(key);
        return call("erase", BackendPlugin::nothing, key);
    }

    @Override
    public Answer<Page> keys(String prefix, String cursor, int limit) {
        byte[] start = KeyText.prefix(prefix, "prefix");
        KeyText.utf8(cursor, "cursor");
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException(
                    "a limit of " + limit + " keys is not 1 to " + MAX_PAGE);
        }
        return call(
                "keys",
                value -> {
                    try {
                        return PageCheck.page(value, start, cursor, limit);
                    } catch (IllegalArgumentException e) {
                        throw broken("keys", "keys returned " + e.getMessage(), e);
                    }
                },
                prefix,
                cursor,
                (long) limit);
    }

    @Override
    public Answer<@Nullable Void> flush() {
        return call("flush", BackendPlugin::nothing);
    }

    private Optional<byte[]> value(Optional<?> given) {
        return given.map(
                v -> {
                    byte[] bytes = (byte[]) v;
                    if (bytes.length > MAX_VALUE_BYTES) {
                        throw broken(
                                "get",
                                "get returned a value of %s bytes, more than %s"
                                        .formatted(bytes.length, MAX_VALUE_BYTES),
                                null);
                    }
                    return bytes;
                });
    }

    private static @Nullable Void nothing(@Nullable Object value) {
        return null;
    }

    private <T extends @Nullable Object> Answer<T> call(
            String function,
            Function<? super @Nullable Object, T> read,
            @Nullable Object... arguments) {
        Answer<@Nullable Object> answer = plugin.call(function, CallOptions.DEFAULT, arguments);
        if (answer instanceof Answer.Refusal<@Nullable Object> refusal) {
            return new Answer.Refusal<>(refusal.text());
        }
        return new Answer.Value<>(read.apply(((Answer.Value<@Nullable Object>) answer).value()));
    }

    private PluginException broken(String function, String detail, @Nullable Throwable cause) {
        PluginException fault =
                PluginException.of(
                        ErrorCode.GUEST_ABI,
                        new PluginRef(plugin.name(), plugin.snapshot().version()),
                        detail,
                        "mend the plugin: a page has at most the keys that were asked for, all with"
                            + " the prefix, ascending by their bytes, 1 to 1024 bytes each; a value"
                            + " has at most 1048576 bytes",
                        cause);
        plugin.misbehaved(function, fault);
        return fault;
    }
}
