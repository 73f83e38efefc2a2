package io.trinity.shell;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;

/** A command could not do what was asked; people see its message and nothing else. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailure(String message) {
        super(message, null, false, false);
    }

    static CommandFailure of(ErrorCode code, String message) {
        return new CommandFailure(code + ": " + message);
    }

    static CommandFailure of(PluginException e) {
        return of(e.code(), String.valueOf(e.getMessage()));
    }

    /** The interactive shell prints this, and would else put the class name first. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return String.valueOf(getMessage());
    }
}
