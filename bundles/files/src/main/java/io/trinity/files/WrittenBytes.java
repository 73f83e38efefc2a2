package io.trinity.files;

import io.trinity.api.config.Places;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes that each plugin, known by its name, brought to the disk since the host started.
 * What was counted stays counted, also when the plugin is reloaded or its files go. Thread-safe.
 */
final class WrittenBytes {
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    /**
     * Counts bytes that are about to be written.
     *
     * @throws HostFailure LIMIT when they are more than the plugin may write; then they do not
     *     count
     */
    void count(String plugin, long bytes, long limit) throws HostFailure {
        AtomicLong used = counts.computeIfAbsent(plugin, k -> new AtomicLong());
        if (used.addAndGet(bytes) > limit) {
            long before = used.addAndGet(-bytes);
            throw new HostFailure(
                    Reason.LIMIT,
                    "plugin '%s' wrote %s of the %s bytes that it may write until the host starts anew, and %s more do not fit; raise maxWrittenBytes in %s"
                            .formatted(plugin, before, limit, bytes, Places.of(FilesSettings.PID)));
        }
    }

    long of(String plugin) {
        AtomicLong used = counts.get(plugin);
        return used == null ? 0 : used.get();
    }
}
