package io.trinity.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.text.Escaped;
import io.trinity.wrapper.ManifestReader;
import java.util.Set;

/**
 * Any bytes as a manifest: read, or refused with a code of its own and a message that can be shown.
 */
class ManifestFuzzTest {
    private static final PluginRef FILE = PluginRef.named("x.wasm");
    private static final Set<ErrorCode> CODES =
            Set.of(ErrorCode.MANIFEST_INVALID, ErrorCode.CONTRACT_VERSION);

    /** Of any input: buffers of the JSON parser, exceptions with their traces. */
    private static final long BASE_BYTES = 1 << 20;

    private static final long BYTES_FOR_ONE = 200;
    private static final int MOST_OF_A_MESSAGE = 8_192;

    @FuzzTest(maxDuration = "8h")
    void aManifestIsReadOrRefused(byte[] json) {
        ManifestReader.Reading reading;
        try {
            reading =
                    Allocated.within(
                            BASE_BYTES + BYTES_FOR_ONE * json.length,
                            () -> ManifestReader.read(FILE, json));
        } catch (PluginException refused) {
            assertTrue(CODES.contains(refused.code()), refused.getMessage());
            assertEquals(FILE, refused.plugin());
            assertShowable(refused.getMessage());
            return;
        }
        assertEquals(reading, ManifestReader.read(FILE, json));
        reading.warnings().forEach(ManifestFuzzTest::assertShowable);
        Manifest manifest = reading.manifest();
        assertTrue(manifest.name().matches("[a-z][a-z0-9-]{0,62}"), manifest.name());
        assertShowable(manifest.description());
        assertShowable(manifest.author());
        assertShowable(manifest.license());
        manifest.capabilities().forEach(c -> assertShowable(c.why()));
        manifest.config()
                .forEach(
                        (key, setting) -> {
                            assertShowable(key);
                            assertShowable(setting.description());
                            setting.defaultValue().ifPresent(ManifestFuzzTest::assertShowable);
                        });
    }

    /** Of strangers' texts, what people are shown is as it is shown. */
    private static void assertShowable(String text) {
        assertTrue(Escaped.isPlain(text), () -> Escaped.line(text));
        assertTrue(text.length() <= MOST_OF_A_MESSAGE, () -> text.length() + " characters");
    }
}
