package io.trinity.api.sandbox;

import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.world.Exports;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One loaded version of a plugin, with its guests. Calls are NOT_ACTIVE once it is closed, and
 * LIMIT_BUSY when all guests stay busy. Thread-safe.
 */
@ProviderType
public interface Generation extends Exports, AutoCloseable {
    /** Its manifest. */
    Manifest manifest();

    /** Its number: grows with every generation of the plugin, never used twice. */
    long number();

    /** SHA-256 of its file, 64 hexadecimal digits. */
    String digest();

    /** The functions that it exports. */
    Map<String, FunctionSignature> exports();

    /** What its calls have used up so far. */
    Usage usage();

    /** Bytes held now: memories, tables and handles of all guests. */
    long memoryBytes();

    /** Ends calls still running and gives everything back. Idempotent. */
    @Override
    void close();
}
