package io.trinity.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.text.Escaped;
import io.trinity.engine.ChicoryEngine;
import io.trinity.engine.admit.Admitted;
import io.trinity.engine.admit.ModuleScan;
import io.trinity.engine.admit.Refused;
import java.util.Set;

/**
 * Any bytes as a module: the scan lets them on or refuses them, and what it lets on takes parser
 * and host no more memory than the scan's limits promise.
 */
class ModuleFuzzTest {
    private static final PluginRef FILE = PluginRef.named("x.wasm");
    private static final Set<ErrorCode> CODES =
            Set.of(
                    ErrorCode.MODULE_MALFORMED,
                    ErrorCode.MODULE_COMPONENT,
                    ErrorCode.MODULE_FEATURE,
                    ErrorCode.LIMIT_MODULE);

    /** Of any input: exceptions with their traces, tables of the scan and of the parser. */
    private static final long BASE_BYTES = 1 << 20;

    /** The scan keeps types, functions and custom sections only. */
    private static final long SCAN_BYTES_FOR_ONE = 64;

    /** The parser makes objects of each initialiser and parameter. */
    private static final long PARSER_BYTES_FOR_ONE = 1_000;

    private static final int MOST_OF_A_MESSAGE = 8_192;

    private final ChicoryEngine engine = new ChicoryEngine();

    @FuzzTest(maxDuration = "8h")
    void aModuleIsLetOnOrRefused(byte[] module) {
        Admitted admitted;
        try {
            admitted =
                    Allocated.within(
                            BASE_BYTES + SCAN_BYTES_FOR_ONE * module.length,
                            () -> ModuleScan.scan(module));
        } catch (Refused refused) {
            assertRefusal(refused.of(FILE));
            return;
        }
        assertSections(module, admitted);
        try {
            ModuleInfo info =
                    Allocated.within(
                            BASE_BYTES + PARSER_BYTES_FOR_ONE * module.length,
                            () -> engine.inspect(FILE, module));
            admitted.customSections()
                    .forEach(
                            (name, content) ->
                                    assertArrayEquals(
                                            content, info.customSection(name).orElseThrow()));
        } catch (PluginException refused) {
            assertRefusal(refused);
        }
    }

    /** In order, and within each other and the module. */
    private static void assertSections(byte[] module, Admitted admitted) {
        int at = 8;
        for (Admitted.Section section : admitted.sections()) {
            assertTrue(at <= section.start(), section::toString);
            assertTrue(section.start() < section.content(), section::toString);
            assertTrue(section.content() <= section.end(), section::toString);
            assertEquals(section.id(), module[section.start()]);
            at = section.end();
        }
        assertTrue(at <= module.length);
    }

    private static void assertRefusal(PluginException refused) {
        assertTrue(CODES.contains(refused.code()), refused.getMessage());
        assertEquals(FILE, refused.plugin());
        String message = refused.getMessage();
        assertTrue(Escaped.isPlain(message), () -> Escaped.line(message));
        assertTrue(message.length() <= MOST_OF_A_MESSAGE, () -> message.length() + " characters");
    }
}
