package io.trinity.sandbox;

import java.util.Map;
import java.util.Optional;

/**
 * Under which name a module exports what the contract asks for: the plain name or the alias of
 * newer tools. Source: component-model, BuildTargets.md.
 */
final class ExportNames {
    private final Map<String, ?> exports;

    ExportNames(Map<String, ?> exports) {
        this.exports = exports;
    }

    /** A function of a world. */
    Optional<String> function(String name) {
        return first(name, "cm32p2||" + name);
    }

    /** What reclaims the result of a function. */
    Optional<String> post(String name) {
        return first("cabi_post_" + name, "cm32p2||" + name + "_post");
    }

    /** The allocator. */
    Optional<String> realloc() {
        return first("cabi_realloc", "cm32p2_realloc");
    }

    private Optional<String> first(String plain, String alias) {
        return exports.containsKey(plain)
                ? Optional.of(plain)
                : exports.containsKey(alias) ? Optional.of(alias) : Optional.empty();
    }
}
