package io.trinity.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.config.ConfigValues;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilesSettingsTest {
    @Test
    void anInvalidValueIsToldOfAndTheLastGoodOneStays() {
        List<String> problems = new ArrayList<>();
        FilesSettings last = new FilesSettings(2048, 4096, 5000, 8192, 1, 2, 100, 20, 3);
        Map<String, Object> wrong = new HashMap<>();
        for (RecordComponent part : FilesSettings.class.getRecordComponents()) {
            wrong.put(part.getName(), "-1");
        }
        assertEquals(
                last,
                FilesSettings.read(
                        new ConfigValues(FilesSettings.PID, wrong, problems::add), last));
        assertEquals(9, problems.size());
    }

    @Test
    void metatypeTellsTheDefaultsThatHold() throws Exception {
        for (RecordComponent part : FilesSettings.class.getRecordComponents()) {
            Method told = FilesDefinition.class.getDeclaredMethod(part.getName());
            assertEquals(told.getDefaultValue(), part.getAccessor().invoke(FilesSettings.DEFAULT));
        }
        assertEquals(
                FilesSettings.class.getRecordComponents().length,
                FilesDefinition.class.getDeclaredMethods().length);
    }
}
