package io.trinity.shell;

import static io.trinity.shell.Failures.fails;
import static io.trinity.shell.Failures.objects;
import static io.trinity.shell.Snapshots.busy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.PluginSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PluginTopTest {
    private final FakeRegistry registry =
            Snapshots.registry(
                    busy("few", 10, 0, 1000), busy("many", 3000, 7, 10), busy("z", 0, 0, 0));
    private final List<Duration> waited = new ArrayList<>();
    private final PluginTop command = new PluginTop(registry, this::passes);

    @Test
    void theBusiestComeFirst() throws InterruptedException {
        assertEquals(
                """
                NAME  STATE      TIME  SHARE  CALLS  FAILED  AVERAGE      P99      CPU    HOST    FUEL       IN      OUT    MEMORY       PEAK
                many  active  30.0 ms   75 %   3000       7  10.0 us  30.0 us  15.0 ms  3.0 ms  30.0 k  2.9 KiB  5.9 KiB  64.0 KiB  128.0 KiB
                few   active  10.0 ms   25 %     10       0   1.0 ms   3.0 ms   5.0 ms  1.0 ms     100     10 B     20 B  64.0 KiB  128.0 KiB
                z     active   0.0 us    0 %      0       0        -        -   0.0 us  0.0 us       0      0 B      0 B  64.0 KiB  128.0 KiB
                """,
                command.top(System.out));
        assertEquals(List.of(), waited);
    }

    @Test
    void laterLooksCountFromTheOneBefore() throws IOException, InterruptedException {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        String last;
        try {
            last = command.top(System.out, "-n", "2", "-d", "5", "--json");
        } finally {
            System.setOut(before);
        }
        assertEquals(List.of(Duration.ofSeconds(5)), waited);
        assertEquals("many", objects(printed.toString(StandardCharsets.UTF_8)).get(0).get("name"));
        Map<String, Object> few = objects(last).get(0);
        assertEquals("few", few.get("name"));
        assertEquals(10, few.get("calls"));
        assertEquals(1, few.get("failures"));
        assertEquals(10_000, few.get("timeMicros"));
        assertEquals(1000.0, few.get("averageCallMicros"));
        assertEquals(100, few.get("fuel"));
        assertEquals(5_000, few.get("cpuMicros"));
        assertEquals(1_000, few.get("hostMicros"));
        assertEquals(10, few.get("bytesIn"));
        assertEquals(20, few.get("bytesOut"));
        assertEquals(0, objects(last).get(1).get("calls"));
    }

    private static TopTable.Look look(PluginSnapshot p) {
        return new TopTable.Look(p, Snapshots.usage(p));
    }

    @Test
    void aPluginThatCameBackCountsFromTheBeginning() {
        String table =
                TopTable.between(
                                List.of(look(busy("a", 100, 9, 10))),
                                List.of(look(busy("a", 4, 1, 10))))
                        .toString();
        assertTrue(table.contains("a     active  40.0 us  100 %      4       1  10.0 us"), table);
    }

    @Test
    void whereNothingHappenedNobodyHasAShare() {
        String table = TopTable.between(List.of(), List.of(look(busy("a", 0, 0, 0)))).toString();
        assertTrue(table.contains("0.0 us      -      0"), table);
    }

    @Test
    void jsonIsOneLineForEachLook() throws InterruptedException {
        assertEquals(1, command.top(System.out, "--json").lines().count());
    }

    @Test
    void whoInterruptsItEndsIt() {
        PluginTop endless =
                new PluginTop(
                        registry,
                        time -> {
                            throw new InterruptedException();
                        });
        assertEquals("", endless.top(System.out, "-n", "2", "--json"));
    }

    @Test
    void roundsAreBounded() {
        fails(
                "-n takes a number from 1 to 100000, not '0'; usage: " + PluginTop.USAGE,
                () -> command.top(System.out, "-n", "0"));
        fails(
                "-d takes a number from 1 to 3600, not '0'; usage: " + PluginTop.USAGE,
                () -> command.top(System.out, "-d", "0"));
    }

    private void passes(Duration time) {
        waited.add(time);
        registry.put(busy("few", 20, 1, 1000));
    }
}
