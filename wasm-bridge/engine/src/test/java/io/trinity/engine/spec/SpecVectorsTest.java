package io.trinity.engine.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The WebAssembly specification's own scripts against metered code. Given by {@code
 * -Dtrinity.spec.vectors=spec-vectors.tar.gz}; left out otherwise.
 */
@EnabledIfSystemProperty(named = "trinity.spec.vectors", matches = ".+")
class SpecVectorsTest {
    @TestFactory
    Stream<DynamicTest> scripts() throws IOException {
        Map<String, byte[]> files =
                SpecArchive.read(Path.of(System.getProperty("trinity.spec.vectors")));
        return files.keySet().stream()
                .filter(name -> name.endsWith(".json"))
                .map(name -> name.substring(0, name.indexOf('/')))
                .map(folder -> DynamicTest.dynamicTest(folder, () -> run(folder, files)));
    }

    private static void run(String folder, Map<String, byte[]> files) {
        SpecScript script = new SpecScript(folder, files);
        script.run();
        System.out.printf(
                "spec script=%s passed=%d left=%d failed=%d%n",
                folder, script.passed, script.left, script.failures.size());
        assertEquals(List.of(), script.failures);
    }
}
