package io.trinity.pipeline;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.config.Places;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which plugins may push to a stream, and which may pull from it: those that the keys {@code
 * push.STREAM} and {@code pull.STREAM} name; all where there is no such key. Immutable.
 */
record StreamMembers(Map<String, Set<String>> pushers, Map<String, Set<String>> pullers) {
    static final String PUSH = "push.";
    static final String PULL = "pull.";

    static StreamMembers of(ConfigValues values, Collection<String> streams) {
        Map<String, Set<String>> pushers = new HashMap<>();
        Map<String, Set<String>> pullers = new HashMap<>();
        for (String stream : streams) {
            read(values, PUSH + stream, stream, pushers);
            read(values, PULL + stream, stream, pullers);
        }
        return new StreamMembers(Map.copyOf(pushers), Map.copyOf(pullers));
    }

    private static void read(
            ConfigValues values, String key, String stream, Map<String, Set<String>> into) {
        if (values.isSet(key)) {
            into.put(stream, Set.copyOf(values.names(key, List.of())));
        }
    }

    /**
     * Refuses a plugin that may not push.
     *
     * @throws HostFailure DENIED
     */
    void checkPush(String plugin, String stream) throws HostFailure {
        check(plugin, stream, pushers, PUSH);
    }

    /**
     * Refuses a plugin that may not pull.
     *
     * @throws HostFailure DENIED
     */
    void checkPull(String plugin, String stream) throws HostFailure {
        check(plugin, stream, pullers, PULL);
    }

    private static void check(
            String plugin, String stream, Map<String, Set<String>> members, String key)
            throws HostFailure {
        Set<String> named = members.get(stream);
        if (named != null && !named.contains(plugin)) {
            throw new HostFailure(
                    Reason.DENIED,
                    "plugin '%s' is not among those that %s%s names; add it there in %s"
                            .formatted(plugin, key, stream, Places.of(StreamsComponent.PID)));
        }
    }
}
