package io.trinity.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import org.junit.jupiter.api.function.Executable;

/** Expected failures. */
final class Failures {
    private Failures() {}

    /** The sentence of a failure that has to have that reason. */
    static String failure(Reason reason, Executable task) {
        HostFailure e = assertThrows(HostFailure.class, task);
        assertEquals(reason, e.reason(), e.getMessage());
        return e.getMessage();
    }
}
