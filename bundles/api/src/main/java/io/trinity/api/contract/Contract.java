package io.trinity.api.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.osgi.framework.Version;

/** Where the contract's files are, and which version of it this host serves. */
public final class Contract {
    /** Version of {@code trinity:plugin} that this host serves. */
    public static final Version VERSION = new Version(0, 1, 0);

    /** Module name of an imported interface: {@code trinity:plugin/NAME@0.1.0}. */
    public static final String IMPORT_PREFIX = "trinity:plugin/";

    private Contract() {}

    /** The text of {@code plugin.wit}. */
    public static String wit() {
        return text("plugin.wit");
    }

    /** The JSON Schema of manifests. */
    public static String manifestSchema() {
        return text("manifest.schema.json");
    }

    private static String text(String name) {
        try (InputStream in = Contract.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not in the api bundle: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
