package io.trinity.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @Test
    void aFileThatIsNotThereIsToldBeforeAFrameworkIsStarted(@TempDir Path folder) {
        Failure e =
                assertThrows(
                        Failure.class,
                        () -> CheckCommand.run(List.of(folder.resolve("no.wasm").toString())));
        assertEquals("there is no file " + folder.resolve("no.wasm"), e.getMessage());
    }

    @Test
    void aFileNameStaysOneWordForGogo() {
        assertEquals("'/a b/$(x)'", CheckCommand.quote("/a b/$(x)"));
        assertEquals("'/it'\\''s'", CheckCommand.quote("/it's"));
    }
}
