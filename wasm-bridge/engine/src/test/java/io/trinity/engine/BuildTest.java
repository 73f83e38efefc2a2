package io.trinity.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The build that compiled classes are bound to is the same in code and in the bundle. */
class BuildTest {
    @Test
    void the_bundle_provides_the_capability_of_this_build() throws IOException {
        Properties bnd = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("bnd.bnd"))) {
            bnd.load(in);
        }
        assertEquals(
                "io.trinity.codegen;build=\"" + new ChicoryEngine().build() + "\"",
                bnd.getProperty("Provide-Capability"));
    }
}
