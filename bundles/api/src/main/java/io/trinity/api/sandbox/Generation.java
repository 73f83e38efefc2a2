package io.trinity.api.sandbox;

import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.PluginException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** One loaded version of a plugin, with its guests. Thread-safe. */
@ProviderType
public interface Generation extends AutoCloseable {
    /** Its manifest. */
    Manifest manifest();

    /** Its number: grows with every generation of the plugin, never used twice. */
    long number();

    /** SHA-256 of its file, 64 hexadecimal digits. */
    String digest();

    /** The functions that it exports. */
    Map<String, FunctionSignature> exports();

    /**
     * Calls an export on one of its guests; see {@link io.trinity.api.plugin.Plugin#call}.
     *
     * @throws PluginException NOT_ACTIVE once closed; LIMIT_BUSY when all guests stay busy
     */
    Answer<@Nullable Object> call(
            String function, CallOptions options, @Nullable Object... arguments);

    /** What its calls have used up so far. */
    Usage usage();

    /** Bytes held now: memories, tables and handles of all guests. */
    long memoryBytes();

    /** Ends calls still running and gives everything back. Idempotent. */
    @Override
    void close();
}
