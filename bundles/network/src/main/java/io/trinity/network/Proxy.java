package io.trinity.network;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.NetworkTarget;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Through whom requests go. Not what the scope grants as inside, loopback addresses and {@code
 * localhost}, and what the operator excepts: those are connected to directly. Pure.
 *
 * @param address null for none
 * @param except names, {@code .suffix} for all below a name, or addresses; each with or without a
 *     port
 */
record Proxy(@Nullable NetworkTarget address, List<String> except) {
    static final Proxy NONE = new Proxy(null, List.of());

    Proxy {
        except = List.copyOf(except);
    }

    /** Whether requests to the target go through it. */
    boolean serves(NetworkTarget target, AllowList allowed) {
        return address != null
                && !allowed.grantedInside(target)
                && !isThisMachine(target)
                && except.stream().noneMatch(e -> excepts(e, target));
    }

    private static boolean isThisMachine(NetworkTarget target) {
        return target.literal() != null
                ? target.literal().isLoopbackAddress()
                : target.host().equals("localhost") || target.host().endsWith(".localhost");
    }

    private static boolean excepts(String item, NetworkTarget target) {
        String text = item.toLowerCase(Locale.ROOT);
        if (text.equals("*")) {
            return true;
        }
        text = text.startsWith("*.") ? text.substring(1) : text;
        if (text.startsWith(".")) {
            String host = target.host();
            return target.literal() == null
                    && (host.endsWith(text) || host.equals(text.substring(1)));
        }
        try {
            return NetworkTarget.of(text, target.port()).equals(target);
        } catch (HostFailure e) {
            try {
                return NetworkTarget.parse(text).equals(target);
            } catch (HostFailure alsoNot) {
                return false;
            }
        }
    }

    /** Why that excepts nothing, or nothing. */
    static boolean isException(String item) {
        String text = item.startsWith("*.") ? item.substring(2) : item;
        text = text.startsWith(".") ? text.substring(1) : text;
        if (text.equals("*")) {
            return true;
        }
        try {
            NetworkTarget.of(text, 1);
            return true;
        } catch (HostFailure e) {
            try {
                NetworkTarget.parse(text);
                return true;
            } catch (HostFailure alsoNot) {
                return false;
            }
        }
    }
}
