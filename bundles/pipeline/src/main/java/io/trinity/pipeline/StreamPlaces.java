package io.trinity.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Who holds how many places of one stream. One half of them goes to whoever pushes first. Of the
 * other half each plugin that pushes, and one that is to come, has an equal share that no other can
 * take: nobody who fills a stream keeps others from it. For one thread at a time.
 */
final class StreamPlaces {
    /** Who has pushed nothing for so long, and has nothing waiting, needs no share. */
    static final long PUSHES_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final class Pusher {
        int waiting;
        long lastNanos;
    }

    private final int capacity;
    private final Map<String, Pusher> pushers = new HashMap<>();

    StreamPlaces(int capacity) {
        this.capacity = capacity;
    }

    /** As many as one plugin can ever hold. */
    int most() {
        return capacity - share(1);
    }

    /** A plugin would push: from now on it has a share. */
    void asks(String plugin, long nowNanos) {
        pushers.values().removeIf(p -> p.waiting == 0 && nowNanos - p.lastNanos > PUSHES_NANOS);
        pushers.computeIfAbsent(plugin, p -> new Pusher()).lastNanos = nowNanos;
    }

    /** Whether there is room for so many more of a plugin that has asked. */
    boolean hasRoom(String plugin, int chunks) {
        int share = share(pushers.size());
        int all = chunks;
        int kept = 0;
        int own = chunks;
        for (Map.Entry<String, Pusher> p : pushers.entrySet()) {
            all += p.getValue().waiting;
            if (p.getKey().equals(plugin)) {
                own += p.getValue().waiting;
            } else {
                kept += Math.max(0, share - p.getValue().waiting);
            }
        }
        if (all <= capacity / 2) {
            return true;
        }
        return all <= capacity - kept - (own <= share ? 0 : share);
    }

    private int share(int members) {
        return capacity / 2 / (members + 1);
    }

    /** One more waits, of a plugin that has asked. */
    void taken(String plugin) {
        Pusher p = pushers.get(plugin);
        if (p == null) {
            throw new IllegalStateException(plugin + " has not asked");
        }
        p.waiting++;
    }

    /** One was pulled. */
    void given(String plugin) {
        Pusher p = pushers.get(plugin);
        if (p == null || p.waiting == 0) {
            throw new IllegalStateException("nothing of " + plugin + " waits");
        }
        p.waiting--;
    }
}
