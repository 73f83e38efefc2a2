package io.trinity.pipeline;

import java.util.HashMap;
import java.util.Map;

/**
 * The names of the streams that are open in all pipelines. Plugins keep what they know of a stream
 * by its name, and one guest serves all pipelines: two files of one name must not be one stream.
 * Thread-safe.
 */
final class OpenStreams {
    /** Of this bundle, whose pipelines share the plugins. */
    static final OpenStreams ALL = new OpenStreams();

    private static final int MAX_NAME_BYTES = 64;

    private final Map<String, Integer> open = new HashMap<>();

    /** The name of one stream, its own until it is closed. */
    final class Name implements AutoCloseable {
        private final String text;

        private Name(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        @Override
        public void close() {
            release(text);
        }
    }

    /** A name that no other stream has now: the wanted one, or that with a number. */
    synchronized Name open(String wanted) {
        String name = wanted;
        for (int i = 2; open.containsKey(name); i++) {
            String number = "-" + i;
            int room = MAX_NAME_BYTES - number.length();
            name = wanted.substring(0, Math.min(room, wanted.length())) + number;
        }
        open.put(name, 1);
        return new Name(name);
    }

    /** A name that whoever feeds the stream has chosen: no file's stream gets it meanwhile. */
    synchronized Name hold(String fed) {
        open.merge(fed, 1, Integer::sum);
        return new Name(fed);
    }

    private synchronized void release(String name) {
        open.computeIfPresent(name, (n, times) -> times > 1 ? times - 1 : null);
    }
}
