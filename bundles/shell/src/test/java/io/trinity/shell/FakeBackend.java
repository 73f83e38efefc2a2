package io.trinity.shell;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.storage.StorageBackend;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Values in memory. Key {@code ro} is refused, {@code full} fails. */
final class FakeBackend implements StorageBackend {
    final Map<String, byte[]> values = new TreeMap<>();
    final String name;
    boolean circle;

    /** Of pages with one key, each of which names another one. */
    boolean endless;

    FakeBackend(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Answer<Optional<byte[]>> get(String key) {
        return new Answer.Value<>(Optional.ofNullable(values.get(key)));
    }

    @Override
    public Answer<Void> put(String key, byte[] value) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("an empty key");
        }
        if (key.equals("ro")) {
            return new Answer.Refusal<>("read only");
        }
        refuse(key);
        values.put(key, value);
        return new Answer.Value<>(null);
    }

    @Override
    public Answer<Void> erase(String key) {
        refuse(key);
        values.remove(key);
        return new Answer.Value<>(null);
    }

    private void refuse(String key) {
        if (key.equals("full")) {
            throw PluginException.of(
                    ErrorCode.STORE_FAILED, PluginRef.named(name), "disk full", "");
        }
    }

    @Override
    public Answer<Page> keys(String prefix, String cursor, int limit) {
        if (circle) {
            return new Answer.Value<>(new Page(List.of("x"), "again"));
        }
        if (endless) {
            return new Answer.Value<>(new Page(List.of("k"), cursor.equals("x") ? "y" : "x"));
        }
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("a limit of " + limit);
        }
        List<String> rest =
                values.keySet().stream()
                        .filter(k -> k.startsWith(prefix) && k.compareTo(cursor) >= 0)
                        .toList();
        return new Answer.Value<>(
                rest.size() > limit
                        ? new Page(rest.subList(0, limit), rest.get(limit))
                        : new Page(rest, ""));
    }

    @Override
    public Answer<Void> flush() {
        throw new UnsupportedOperationException("no command asks this");
    }
}
