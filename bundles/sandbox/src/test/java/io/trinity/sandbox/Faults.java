package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import org.junit.jupiter.api.function.Executable;

/** What is refused, and in which words. */
final class Faults {
    private Faults() {}

    static PluginException assertFault(ErrorCode code, Executable what, String... words) {
        PluginException e = assertThrows(PluginException.class, what);
        assertEquals(code, e.code(), e.getMessage());
        for (String word : words) {
            assertTrue(e.getMessage().contains(word), () -> word + " is not in " + e.getMessage());
        }
        return e;
    }
}
