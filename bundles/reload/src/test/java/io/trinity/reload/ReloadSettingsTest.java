package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.config.ConfigValues;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReloadSettingsTest {
    private final List<String> problems = new ArrayList<>();

    private ReloadSettings read(Map<String, Object> values, ReloadSettings last) {
        return ReloadSettings.read(
                new ConfigValues("io.trinity.reload", values, p -> problems.add(p.toString())),
                last);
    }

    @Test
    void withoutAnyTheDefaultsHoldAndMetatypeSaysTheSame() throws ReflectiveOperationException {
        assertEquals(ReloadSettings.DEFAULTS, read(Map.of(), ReloadSettings.DEFAULTS));
        for (RecordComponent c : ReloadSettings.class.getRecordComponents()) {
            Method described = ReloadDefinition.class.getDeclaredMethod(c.getName());
            assertEquals(
                    c.getAccessor().invoke(ReloadSettings.DEFAULTS), described.getDefaultValue());
        }
    }

    @Test
    void whatIsOutOfItsRangeStaysAsItWasAndIsToldOf() {
        ReloadSettings last = read(Map.of("loads", 3), ReloadSettings.DEFAULTS);
        ReloadSettings next = read(Map.of("loads", 65, "pollMillis", 10), last);

        assertEquals(3, next.loads());
        assertEquals(10, next.pollMillis());
        assertEquals(1, problems.size());
    }
}
