package io.trinity.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchTest {
    private static List<String> command(Path folder, Path... classpath) {
        return new Launch(Path.of("java"), 64, List.of(classpath), "Main", folder, "").command();
    }

    private static String after(String option, List<String> command) {
        return command.get(command.indexOf(option) + 1);
    }

    @Test
    void whatLiesInItsFolderIsNamedFromThereAndTheFolderMayHaveAnyName() {
        Path folder = Path.of("/srv/a:b,c %d;e/compiler");
        List<String> command =
                command(folder, folder.resolve("a.jar"), Path.of("/lib/b.jar"), folder);
        assertEquals(
                String.join(java.io.File.pathSeparator, "a.jar", "/lib/b.jar", ""),
                after("-cp", command));
        assertEquals(0, command.stream().filter(w -> w.contains("a:b")).count(), command::toString);
    }

    @Test
    void aRelativeFolderIsTheHostsAndNotItsOwn() {
        Path folder = Path.of("felix-cache/bundle7/data/compiler");
        assertEquals("a.jar", after("-cp", command(folder, folder.resolve("a.jar"))));
        assertEquals(
                Path.of("b.jar").toAbsolutePath().toString(),
                after("-cp", command(folder, Path.of("b.jar"))));
    }

    @Test
    void nothingOfTheHostsEnvironmentIsHandedOnButItsLocale() {
        assertEquals(
                Map.of("LC_ALL", "C.UTF-8"),
                Launch.environment(
                        Map.of("LC_ALL", "C.UTF-8", "JAVA_TOOL_OPTIONS", "-Xmx1g", "SECRET", "s")));
    }
}
