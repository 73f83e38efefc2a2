package io.trinity.api.plugin;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin answered: a value, or its own refusal in words. A refusal fails what was being
 * worked on and nothing else; the guest lives on. (A trap or a limit is a {@link PluginException}
 * instead.)
 *
 * @param <T> the value's type
 */
public sealed interface Answer<T extends @Nullable Object> {

    /** It worked. */
    record Value<T extends @Nullable Object>(T value) implements Answer<T> {}

    /** It did not, and this is why, in the plugin's words, as UTF-8 text meant for people. */
    record Refusal<T extends @Nullable Object>(String text) implements Answer<T> {
        public Refusal {
            Objects.requireNonNull(text, "text");
        }
    }
}
