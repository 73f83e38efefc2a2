package io.trinity.shell;

import io.trinity.api.plugin.Capability;
import io.trinity.api.policy.Grants.Verdict;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.NetworkScope;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What in the scope of a grant opens nothing as things are now. */
final class ScopeHints {
    private static final Pattern LOCAL = Pattern.compile("localhost|.*\\.localhost|[^.]+");

    private ScopeHints() {}

    /** A sentence for each such item; empty where the capability is denied. */
    static List<String> of(Verdict v) {
        return v.granted()
                ? v.scope().stream().flatMap(item -> of(v.capability(), item).stream()).toList()
                : List.of();
    }

    private static Optional<String> of(Capability capability, String item) {
        return switch (capability) {
            case NETWORK -> network(item);
            case FILE_READ, FILE_WRITE -> directory(item);
            default -> Optional.empty();
        };
    }

    private static Optional<String> network(String item) {
        try {
            NetworkScope scope = NetworkScope.parse(item);
            boolean local =
                    scope.target().literal() == null
                            && LOCAL.matcher(scope.target().host()).matches();
            return local && !scope.inside()
                    ? Optional.of(
                            "%s: a name stands for public addresses only; where it stands for this machine or a private network, write inside:%s"
                                    .formatted(scope, scope))
                    : Optional.empty();
        } catch (HostFailure e) {
            return Optional.empty(); // Said where it was refused.
        }
    }

    private static Optional<String> directory(String item) {
        try {
            // What is relative is so to the home.
            Path path = Path.of(item);
            if (!path.isAbsolute()) {
                return Optional.empty();
            }
            if (path.getNameCount() == 0) {
                return Optional.of("/ has no name that a plugin could use; it opens nothing");
            }
            if (!Files.isDirectory(path)) {
                return Optional.of(item + " is no directory now; it opens nothing until it is one");
            }
            return Files.isReadable(path) && Files.isExecutable(path)
                    ? Optional.empty()
                    : Optional.of(
                            item
                                    + " is not open to the host's user; it opens nothing until it"
                                    + " is");
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
