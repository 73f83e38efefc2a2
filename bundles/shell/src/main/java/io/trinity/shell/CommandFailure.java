package io.trinity.shell;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.text.Escaped;

/** A command could not do what was asked; people see its message and nothing else. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    private CommandFailure(String code, String message) {
        super(Escaped.lines(message), null, false, false);
        this.code = code;
    }

    CommandFailure(String message) {
        this(LineError.FAILED, message);
    }

    static CommandFailure of(ErrorCode code, String message) {
        return new CommandFailure(code.name(), code + ": " + message);
    }

    /** Arguments that the command does not take. */
    static CommandFailure usage(String message) {
        return new CommandFailure(LineError.USAGE, message);
    }

    static CommandFailure of(PluginException e) {
        return of(e.code(), String.valueOf(e.getMessage()));
    }

    /** As in {@link LineError}. */
    String code() {
        return code;
    }

    /** The interactive shell prints this, and would else put the class name first. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return String.valueOf(getMessage());
    }
}
