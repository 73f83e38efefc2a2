package io.trinity.api.config;

import io.trinity.api.plugin.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where configurations stand, what of them is in effect, and changes of single keys there.
 * Thread-safe.
 */
@ProviderType
public interface Configurations {
    /**
     * Where a configuration stands, for people: {@code conf/FILE}, or {@code Config Admin (PID)}.
     * For one that is not there, where {@link #change} would make it. A plugin's configuration may
     * have another name than the plugin: {@code io.trinity.plugin~NAME} is where the one that is in
     * effect for plugin NAME stands, unless there is one of that PID.
     *
     * @param pid of a singleton, or {@code FACTORY~NAME}
     */
    String place(String pid);

    /**
     * Changes single keys where the configuration stands, and makes it if need be. Of a file all
     * other lines stay as they are, and so do its owner and mode; whoever reads it sees the file of
     * before or the one of after. When it returns, Config Admin has the new values.
     *
     * @param pid of a singleton, or {@code FACTORY~NAME}
     * @param edit given the items of each key's list, empty where the key is absent; gives the
     *     changes
     * @return the place, as {@link #place}
     * @throws Refused and nothing has changed
     */
    String change(String pid, Function<Function<String, List<String>>, List<Change>> edit)
            throws Refused;

    /**
     * All keys of the host's configurations, those at their default included, by PID and key.
     *
     * @param pid only those of this PID, as {@link #place} takes it, or of this factory; empty for
     *     all
     */
    List<Setting> settings(Optional<String> pid);

    /** What of the configuration does not hold, each in one sentence that begins with its place. */
    List<String> problems();

    /**
     * Configurations of which nobody knows what they say: their file cannot be read or is not valid
     * as a whole, and nothing was in effect before. By PID, with the reason, which begins with the
     * file.
     */
    Map<String, String> unread();

    /**
     * The new value of a key.
     *
     * @param items of its list; empty takes the key away
     */
    record Change(String key, List<String> items) {
        public Change {
            Objects.requireNonNull(key, "key");
            items = List.copyOf(items);
        }
    }

    /**
     * A key in effect.
     *
     * @param pid {@code FACTORY~NAME} for an instance of a factory
     * @param value in effect, as text, items of lists separated by commas; {@code (hidden)} for a
     *     secret; empty where none is
     * @param place where that value comes from: {@code conf/FILE:LINE}, {@code default} or {@code
     *     Config Admin}; {@code conf/FILE before} for one that stays since what stands there now
     *     does not hold; empty where no value is in effect
     * @param invalid what is configured and does not hold, with its place; empty where it holds
     */
    record Setting(String pid, String key, String value, String place, Optional<String> invalid) {
        /** One that holds. */
        public Setting(String pid, String key, String value, String place) {
            this(pid, key, value, place, Optional.empty());
        }
    }

    /** A change that was not made. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        /** CONFIG_INVALID or STORE_FAILED. */
        private final ErrorCode code;

        private final String remedy;

        /**
         * @param message what is in the way
         * @param remedy what to do
         */
        public Refused(ErrorCode code, String message, String remedy) {
            super(message);
            this.code = code;
            this.remedy = remedy;
        }

        /**
         * CONFIG_INVALID where the operator must decide, STORE_FAILED where the disk is at fault.
         */
        public ErrorCode code() {
            return code;
        }

        /** What to do. */
        public String remedy() {
            return remedy;
        }
    }
}
