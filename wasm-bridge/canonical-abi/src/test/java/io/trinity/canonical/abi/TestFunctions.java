package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitPackage;
import io.trinity.canonical.abi.wit.WitType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Functions for tests, written in WIT. */
final class TestFunctions {

    /** The text of the contract itself. */
    static String plugin() {
        try {
            return Files.readString(
                    Path.of(
                            "../../bundles/api/src/main/resources/io/trinity/api/contract/plugin.wit"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code test.f} with this signature and these definitions. */
    static WitFunction function(String signature, String... definitions) {
        return WitPackage.parse(
                        "package t:t; interface test { "
                                + String.join(" ", definitions)
                                + " f: func"
                                + signature
                                + "; }")
                .findInterface("test")
                .orElseThrow()
                .function("f")
                .orElseThrow();
    }

    static WitType type(String type, String... definitions) {
        return function("(a: " + type + ")", definitions).parameters().get(0).type();
    }

    static WitFunction pluginImport(String owner, String name) {
        return WitPackage.parse(plugin())
                .findInterface(owner)
                .orElseThrow()
                .function(name)
                .orElseThrow();
    }

    static WitFunction pluginExport(String owner, String name) {
        return WitPackage.parse(plugin()).findWorld(owner).orElseThrow().export(name).orElseThrow();
    }

    private TestFunctions() {}
}
