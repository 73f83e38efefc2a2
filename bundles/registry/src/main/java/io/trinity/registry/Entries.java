package io.trinity.registry;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The plugins that are there, the one lock under which they change, and what is told of a change
 * when it is over. Reads need no lock.
 */
final class Entries {
    private final Map<String, PluginEntry> byName = new ConcurrentSkipListMap<>();
    private final Object lock = new Object();
    private final ChangeNotifications notifications = new ChangeNotifications();
    private final ChangeListener listener;
    private final Function<String, PluginEntry> maker;

    /**
     * @param maker of the entry for a name that was not there
     */
    Entries(ChangeListener listener, Function<String, PluginEntry> maker) {
        this.listener = listener;
        this.maker = maker;
    }

    /** Does it under the lock, and tells of it without. */
    <T> T answer(Supplier<T> change) {
        try {
            synchronized (lock) {
                return change.get();
            }
        } finally {
            notifications.deliver();
        }
    }

    /** The same for a change that has no answer. */
    void change(Runnable change) {
        answer(
                () -> {
                    change.run();
                    return true;
                });
    }

    /** By name, in its order. */
    Stream<PluginEntry> all() {
        return byName.values().stream();
    }

    Optional<PluginEntry> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * @throws PluginException NOT_FOUND
     */
    PluginEntry existing(String name) {
        return find(name)
                .orElseThrow(
                        () ->
                                PluginException.of(
                                        ErrorCode.NOT_FOUND,
                                        PluginRef.named(name),
                                        "no such plugin",
                                        "plugin:list shows those that there are"));
    }

    /** The entry of that name, new where there was none. Within a change. */
    PluginEntry getOrCreate(String name) {
        return byName.computeIfAbsent(name, maker);
    }

    /** Within a change. */
    void remove(PluginEntry e) {
        byName.remove(e.name());
    }

    /**
     * Gives it another state, and tells of it. Within a change.
     *
     * @throws PluginException ILLEGAL_TRANSITION
     */
    void move(PluginEntry e, PluginState to) {
        PluginState from = e.state();
        StateMachine.check(e.ref(), from, to);
        e.state(to);
        PluginSnapshot now = e.snapshot();
        notifications.add(() -> listener.moved(now, from));
    }

    /** Tells who serves now. Within a change. */
    void announceServed(PluginEntry e) {
        notifications.add(() -> listener.served(e));
    }

    /** Tells that a newer version was refused. Within a change. */
    void announceRefusal(PluginEntry e, Fault fault) {
        PluginSnapshot now = e.snapshot();
        notifications.add(() -> listener.refused(now, fault));
    }

    /** Tells one that depends on another what became of that. Within a change. */
    void announceDependency(PluginEntry dependent, String dependency, String what) {
        PluginSnapshot now = dependent.snapshot();
        List<String> trouble = dependent.trouble();
        notifications.add(() -> listener.dependencyChanged(now, dependency, what, trouble));
    }
}
