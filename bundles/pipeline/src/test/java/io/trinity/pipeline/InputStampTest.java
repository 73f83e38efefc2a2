package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;

class InputStampTest {
    private static InputStamp stamp(long sizeBytes, long modifiedMillis, Object key) {
        return new InputStamp(
                sizeBytes, FileTime.fromMillis(modifiedMillis), key, InputStamp.Kind.FILE, 1);
    }

    @Test
    void anotherLengthAnotherTimeAndAnotherFileAreEachAChange() {
        InputStamp one = stamp(1, 2, "3");
        assertTrue(one.same(stamp(1, 2, "3")));
        assertFalse(one.same(stamp(9, 2, "3")));
        assertFalse(one.same(stamp(1, 9, "3")));
        assertFalse(one.same(stamp(1, 2, "9")));
    }
}
