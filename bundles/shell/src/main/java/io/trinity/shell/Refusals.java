package io.trinity.shell;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What services refuse, as failures of the command that asked them. */
final class Refusals {
    private Refusals() {}

    /**
     * What a service answers.
     *
     * @throws CommandFailure where it refuses, or finds an argument invalid
     */
    static <T extends @Nullable Object> T told(Supplier<T> service) {
        try {
            return service.get();
        } catch (PluginException e) {
            throw CommandFailure.of(e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    /** As {@link #told}, for a service that answers nothing. */
    static void done(Runnable service) {
        Supplier<@Nullable Void> nothing =
                () -> {
                    service.run();
                    return null;
                };
        told(nothing);
    }

    /**
     * What a plugin answers.
     *
     * @param who is asked, for the message
     * @throws CommandFailure where it refuses; GUEST_ERROR where it does so in its own words
     */
    static <T extends @Nullable Object> T value(String who, Supplier<Answer<T>> plugin) {
        Answer<T> answer = told(plugin);
        if (answer instanceof Answer.Refusal<T> refusal) {
            throw CommandFailure.of(
                    ErrorCode.GUEST_ERROR,
                    PluginException.refusal(who + ": it refused", refusal.text()));
        }
        return ((Answer.Value<T>) answer).value();
    }
}
