package io.trinity.sandbox;

import io.trinity.api.plugin.Capability;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a grant of each capability can be limited to. Pure. */
final class Scopes {
    /** A scope that nothing is in. */
    static final List<String> NOTHING = List.of("-");

    private static final Pattern STREAM = Pattern.compile("[a-z0-9._-]{1,64}");
    private static final Pattern ADDRESS =
            Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9a-fA-F:.]{2,45}\\]):([0-9]{1,5})");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,6}");
    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9 ._:-]{1,64}");
    private static final int MAX_PORT = 65_535;

    private Scopes() {}

    /** Why a scope is none of that capability, or nothing. */
    static Optional<String> problem(Capability capability, List<String> items) {
        for (String item : items) {
            Optional<String> expected = expected(capability, item);
            if (expected.isPresent()) {
                return Optional.of(
                        "'%s' is not %s".formatted(PlainText.of(item, 80), expected.get()));
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
                    case NETWORK -> isAddress(item);
                    case GPU_COMPUTE -> DEVICE.matcher(item).matches();
                    case AGENT_SPAWN, METRICS -> COUNT.matcher(item).matches();
                    case VSA_OPS -> false;
                };
        return fits ? Optional.empty() : Optional.of(form(capability));
    }

    private static boolean isAddress(String item) {
        var m = ADDRESS.matcher(item);
        return m.matches()
                && Integer.parseInt(m.group(2)) >= 1
                && Integer.parseInt(m.group(2)) <= MAX_PORT;
    }

    /** What a scope of a capability consists of, for people. */
    static String form(Capability capability) {
        return switch (capability) {
            case STREAM_IO -> "the name of a stream";
            case FILE_READ, FILE_WRITE -> "a directory without '..'";
            case NETWORK -> "host:port";
            case GPU_COMPUTE -> "the name of a device";
            case AGENT_SPAWN -> "a number of agents";
            case METRICS -> "a number of series";
            case VSA_OPS -> "possible: vsa_ops has no scope";
        };
    }
}
