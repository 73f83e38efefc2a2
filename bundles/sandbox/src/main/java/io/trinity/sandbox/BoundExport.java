package io.trinity.sandbox;

import io.trinity.canonical.abi.ExportCodec;
import org.jspecify.annotations.Nullable;

/**
 * An export of the contract as one module has it.
 *
 * @param name the module's name for it
 * @param post the module's function that reclaims its result; null for none
 * @param need what its calls needed lately
 */
record BoundExport(String name, ExportCodec codec, @Nullable String post, RecentNeed need) {
    BoundExport(String name, ExportCodec codec, @Nullable String post) {
        this(name, codec, post, new RecentNeed());
    }

    /** What the post function is called with: what the export returned, if it returns anything. */
    long[] postArguments(long result) {
        return codec.signature().results().isEmpty() ? new long[0] : new long[] {result};
    }
}
