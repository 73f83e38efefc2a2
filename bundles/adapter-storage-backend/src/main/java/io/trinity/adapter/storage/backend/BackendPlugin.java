package io.trinity.adapter.storage.backend;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.storage.StorageBackend;
import io.trinity.api.world.StorageBackendWorld;
import io.trinity.api.world.TypedServices;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A plugin seen as storage. Thread-safe. What the caller may not ask for is an {@link
 * IllegalArgumentException} before the plugin is called.
 */
final class BackendPlugin implements StorageBackend, TypedServices.View {
    private static final int MAX_PAGE = 1000;

    private final Plugin plugin;
    private final StorageBackendWorld world;

    BackendPlugin(Plugin plugin) {
        this.plugin = plugin;
        this.world = plugin.as(StorageBackendWorld.class);
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public Map<String, Object> follow(Map<String, Object> properties) {
        return Map.of(StorageBackend.NAME, plugin.name());
    }

    @Override
    public Answer<Optional<byte[]>> get(String key) {
        KeyText.key(key);
        Answer<Optional<byte[]>> answer = world.get(CallOptions.DEFAULT, key);
        if (answer instanceof Answer.Value<Optional<byte[]>> found) {
            found.value().ifPresent(this::requireNotTooLarge);
        }
        return answer;
    }

    private void requireNotTooLarge(byte[] value) {
        if (value.length > MAX_VALUE_BYTES) {
            throw broken(
                    "get",
                    "get returned a value of %s bytes, more than %s"
                            .formatted(value.length, MAX_VALUE_BYTES),
                    null);
        }
    }

    @Override
    public Answer<@Nullable Void> put(String key, byte[] value) {
        KeyText.key(key);
        if (value.length > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException(
                    "a value of " + value.length + " bytes exceeds " + MAX_VALUE_BYTES);
        }
        return world.put(CallOptions.DEFAULT, key, value);
    }

    @Override
    public Answer<@Nullable Void> erase(String key) {
        KeyText.key(key);
        return world.erase(CallOptions.DEFAULT, key);
    }

    @Override
    public Answer<Page> keys(String prefix, String cursor, int limit) {
        byte[] start = KeyText.prefix(prefix, "prefix");
        KeyText.utf8(cursor, "cursor");
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException(
                    "a limit of " + limit + " keys is not 1 to " + MAX_PAGE);
        }
        Answer<Page> answer = world.keys(CallOptions.DEFAULT, prefix, cursor, limit);
        if (answer instanceof Answer.Value<Page> page) {
            try {
                PageCheck.requireSound(page.value(), start, cursor, limit);
            } catch (IllegalArgumentException e) {
                throw broken("keys", "keys returned " + e.getMessage(), e);
            }
        }
        return answer;
    }

    @Override
    public Answer<@Nullable Void> flush() {
        return world.flush(CallOptions.DEFAULT);
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
