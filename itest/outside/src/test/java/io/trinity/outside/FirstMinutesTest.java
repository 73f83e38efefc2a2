package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The README's first five minutes. */
class FirstMinutesTest {
    @Test
    void aPluginAndAFileAreDroppedAndTheResultComesOut() throws Exception {
        try (Host host = Host.fresh().start()) {
            host.sample("tokenizer");
            host.put(
                    "inbox/opticks.txt",
                    Files.readAllBytes(Host.distribution().resolve("plugins/samples/opticks.txt")));
            assertEquals("ok", host.summary("opticks.txt").get("status"));
            assertTrue(host.read("outbox/opticks.txt").contains("_the sun's light consists of"));
            host.stop();
        }
    }
}
