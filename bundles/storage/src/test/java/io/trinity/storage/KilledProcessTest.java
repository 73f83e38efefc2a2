package io.trinity.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.testkit.contract.Expect;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KilledProcessTest {
    private static final int ROUNDS = 3;
    private static final int LINES_BEFORE_THE_KILL = 400;

    @TempDir Path home;

    @Test
    void whatAKilledProcessAcknowledgedIsThere() throws Exception {
        Path file = home.resolve("host.mv.db");
        Map<String, Integer> acknowledged = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged.putAll(writeUntilKilled(file, round));
            HostStorage storage = new HostStorage(file, Map.of());
            int found = 0;
            for (Map.Entry<String, Integer> thread : acknowledged.entrySet()) {
                for (int i = 0; i <= thread.getValue(); i++) {
                    String key = thread.getKey() + i;
                    byte[] value =
                            Expect.value(storage.get(key))
                                    .orElseThrow(() -> new AssertionError(key + " is lost"));
                    assertArrayEquals(Acknowledger.value(key), value);
                    assertEquals(
                            Optional.empty(),
                            Expect.value(storage.get(thread.getKey() + "gone" + i)));
                    found++;
                }
            }
            storage.deactivate();
            assertTrue(found >= (round + 1) * LINES_BEFORE_THE_KILL, found + " keys");
        }
    }

    /** Each writer and the number that it acknowledged last. */
    private static Map<String, Integer> writeUntilKilled(Path file, int round) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Acknowledger.class.getName(),
                                file.toString(),
                                Integer.toString(round))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Map<String, Integer> last = new HashMap<>();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int lines = 0;
            String line = out.readLine();
            while (line != null) {
                // The last line may be cut off by the kill; a cut number is a smaller one.
                String[] words = line.split(" ");
                if (words.length == 2) {
                    last.merge(words[0], Integer.parseInt(words[1]), Math::max);
                }
                if (++lines == LINES_BEFORE_THE_KILL) {
                    process.toHandle().destroyForcibly();
                }
                line = out.readLine();
            }
        } finally {
            process.toHandle().destroyForcibly();
        }
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return last;
    }
}
