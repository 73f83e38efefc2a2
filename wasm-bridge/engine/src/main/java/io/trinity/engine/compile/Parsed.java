package io.trinity.engine.compile;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.engine.admit.Printable;
import io.trinity.engine.admit.Refused;
import java.io.ByteArrayInputStream;
import java.util.Map;

/** Chicory's parser and validator. Only given what the scan admitted. */
public final class Parsed {
    private Parsed() {}

    /**
     * Parses and validates.
     *
     * @throws Refused MODULE_MALFORMED
     */
    public static WasmModule of(byte[] module) {
        try {
            return Parser.builder()
                    .withCustomParsers(Map.of())
                    .build()
                    .parse(() -> new ByteArrayInputStream(module));
        } catch (ChicoryException e) {
            throw malformed(String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            // The parser's own ways to fail at bytes that it did not expect.
            throw malformed(e.toString());
        }
    }

    private static Refused malformed(String why) {
        return new Refused(
                ErrorCode.MODULE_MALFORMED,
                "not a valid WebAssembly module: " + Printable.of(why),
                "build it again");
    }
}
