package io.trinity.engine.run;

import com.dylibso.chicory.wasm.ChicoryException;
import io.trinity.api.config.Places;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.engine.admit.Printable;
import io.trinity.engine.guest.GuestStop;

/** Translates what came out of guest code, once, where the call entered the guest. */
final class Failures {
    private final PluginRef who;

    Failures(PluginRef who) {
        this.who = who;
    }

    /** What to throw to the caller. Errors that are not the guest's own are thrown from here. */
    RuntimeException translate(Throwable thrown) {
        if (thrown instanceof PluginException || thrown instanceof HostFault) {
            return (RuntimeException) thrown;
        }
        if (thrown instanceof GuestStop stop) {
            return stopped(stop);
        }
        if (thrown instanceof ChicoryException e) {
            return trap(Printable.of(String.valueOf(e.getMessage())), e);
        }
        if (thrown instanceof IndexOutOfBoundsException e) {
            return trap("out of bounds memory access", e);
        }
        if (thrown instanceof StackOverflowError) {
            return limit(
                    ErrorCode.LIMIT_STACK,
                    "calls are nested too deep for the thread",
                    "stackBytes");
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        return new IllegalStateException("guest code of " + who + " failed: " + thrown, thrown);
    }

    RuntimeException stopped(GuestStop stop) {
        return limit(stop.code(), String.valueOf(stop.getMessage()), stop.key());
    }

    PluginException trap(String message, Throwable cause) {
        return PluginException.of(
                ErrorCode.GUEST_TRAP,
                who,
                "trapped: " + message,
                "this is for the plugin's author to mend",
                cause);
    }

    PluginException limit(ErrorCode code, String detail, String key) {
        return PluginException.of(code, who, detail, remedy(key));
    }

    private String remedy(String key) {
        if (key.isEmpty()) {
            return "";
        }
        return key.equals(GuestStop.TOTAL_MEMORY_KEY)
                ? "unload a plugin, or raise " + key + " in " + Places.of("io.trinity.limits")
                : "raise " + key + " in " + Places.ofPlugin(who.name());
    }
}
