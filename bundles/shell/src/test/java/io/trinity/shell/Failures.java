package io.trinity.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;

/** What commands answer and how they fail. */
final class Failures {
    private Failures() {}

    /** The command fails with that message and nothing else. */
    static void fails(String message, Executable command) {
        assertEquals(message, assertThrows(CommandFailure.class, command).getMessage());
    }

    static Map<String, Object> object(String json) throws IOException {
        return JSON.std.mapFrom(json);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static List<Map<String, Object>> objects(String json) throws IOException {
        return (List) JSON.std.listFrom(json);
    }
}
