package io.trinity.policy;

import io.trinity.api.plugin.Capability;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.NetworkScope;
import io.trinity.api.text.Escaped;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a grant of each capability can be limited to. Pure. */
final class Scopes {
    /** A scope that nothing is in. */
    static final List<String> NOTHING = List.of("-");

    private static final Pattern STREAM = Pattern.compile("[a-z0-9._-]{1,64}");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,6}");
    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9 ._:-]{1,64}");

    private Scopes() {}

    /** Why a scope is none of that capability, or nothing. */
    static Optional<String> problem(Capability capability, List<String> items) {
        for (String item : items) {
            Optional<String> expected = expected(capability, item);
            if (expected.isPresent()) {
                return Optional.of(
                        "'%s' is not %s".formatted(Escaped.line(item, 80), expected.get()));
            }
        }
        boolean one = capability == Capability.METRICS || capability == Capability.AGENT_SPAWN;
        return one && items.size() > 1 ? Optional.of("it takes one number") : Optional.empty();
    }

    private static Optional<String> expected(Capability capability, String item) {
        boolean fits =
                switch (capability) {
                    case STREAM_IO -> STREAM.matcher(item).matches();
                    case FILE_READ, FILE_WRITE ->
                            !item.isBlank()
                                    && item.indexOf(0) < 0
                                    && !List.of(item.split("/")).contains("..");
                    case NETWORK -> unreadable(item).isEmpty();
                    case GPU_COMPUTE -> DEVICE.matcher(item).matches();
                    case AGENT_SPAWN, METRICS -> COUNT.matcher(item).matches();
                    case VSA_OPS -> false;
                };
        String why =
                capability == Capability.NETWORK
                        ? unreadable(item).map(w -> ": " + w).orElse("")
                        : "";
        return fits ? Optional.empty() : Optional.of(form(capability) + why);
    }

    /** Why nothing on a network is named by that, or nothing. */
    private static Optional<String> unreadable(String item) {
        try {
            NetworkScope.parse(item);
            return Optional.empty();
        } catch (HostFailure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** What a scope of a capability consists of, for people. */
    static String form(Capability capability) {
        return switch (capability) {
            case STREAM_IO -> "the name of a stream";
            case FILE_READ, FILE_WRITE -> "a directory without '..'";
            case NETWORK -> "host:port, [IPv6]:port or inside:name:port";
            case GPU_COMPUTE -> "the name of a device";
            case AGENT_SPAWN -> "a number of agents";
            case METRICS -> "a number of series";
            case VSA_OPS -> "possible: vsa_ops has no scope";
        };
    }
}
