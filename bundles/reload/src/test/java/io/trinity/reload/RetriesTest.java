package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a file that was refused is tried again. */
class RetriesTest extends ReloadFixture {
    private void refused(ErrorCode code) throws Exception {
        rig.steps.refused.add("alpha 1.0.0");
        rig.steps.refusedFor = code;
        rig.write("a.wasm", "alpha 1.0.0");
        rig.write("b.wasm", "beta 1.0.0");
        rig.boot();
        rig.steps.taken.clear();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIMIT_CPU", "LIMIT_TIME", "LIMIT_FUEL", "LIMIT_STACK"})
    void whatItsOwnRunWasRefusedForNeitherAnothersEndNorConfigurationOfOthersCures(ErrorCode code)
            throws Exception {
        refused(code);
        rig.remove("b.wasm");
        rig.settle();
        rig.events.configured(true);
        rig.settle();
        assertTaken("unload beta");

        rig.steps.limits = "others";
        rig.events.configured(false);
        rig.settle();
        assertTaken("load alpha");
        rig.events.configured(false);
        rig.settle();
        assertTaken();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIMIT_MODULE", "COMPILER_FAILED"})
    void whatItsCompilationWasRefusedForOnlyTheEnginesConfigurationCures(ErrorCode code)
            throws Exception {
        refused(code);
        rig.steps.limits = "others";
        rig.events.configured(false);
        rig.remove("b.wasm");
        rig.settle();
        assertTaken("unload beta");
        rig.events.configured(true);
        rig.settle();
        assertTaken("load alpha");
    }

    @Test
    void whatIsFoundOutWithoutRunningItIsTriedAtEachChangeOfConfiguration() throws Exception {
        refused(ErrorCode.CAPABILITY_DENIED);
        rig.events.configured(false);
        rig.settle();
        rig.events.configured(false);
        rig.settle();
        assertTaken("load alpha", "load alpha");
    }

    @Test
    void roomIsTriedOnceAndThenNotForAWhileThatGrows() throws Exception {
        long[] now = {0};
        Retries retries = new Retries((path, plugin) -> false, f -> {}, () -> now[0]);
        FoundFile f = refusedFile("a.wasm", ErrorCode.LIMIT_TOTAL_MEMORY);
        List<Long> triedAt = new ArrayList<>();
        for (; now[0] < 3_600_000_000_000L; now[0] += 100_000_000L) {
            if (retries.forRoom(f)) {
                triedAt.add(now[0] / 1_000_000_000L);
            }
        }
        assertEquals(List.of(0L, 1L, 3L, 7L, 15L), triedAt.subList(0, 5));
        assertTrue(triedAt.size() < 20, triedAt.toString());
        FoundFile other = refusedFile("b.wasm", ErrorCode.LIMIT_PLUGINS);
        assertTrue(retries.forRoom(other));
        assertTrue(retries.forRoom(other), "that costs nothing");
    }

    private FoundFile refusedFile(String name, ErrorCode code) {
        FoundFile f = new FoundFile(Path.of(name));
        f.refusal =
                Optional.of(PluginException.of(code, PluginRef.named(name), "it is", "mend it"));
        return f;
    }

    @Test
    void howeverManyThereAreAFewAreTriedAtATimeAndAllInTheEnd() {
        List<FoundFile> open = new ArrayList<>();
        List<FoundFile> tried = new ArrayList<>();
        Retries retries =
                new Retries(
                        (path, plugin) -> open.stream().anyMatch(f -> f.path().equals(path)),
                        f -> {
                            open.add(f);
                            tried.add(f);
                        },
                        System::nanoTime);
        for (int i = 0; i < 5000; i++) {
            retries.add(refusedFile("f" + i, ErrorCode.CAPABILITY_DENIED));
        }
        int most = 0;
        retries.goOn();
        while (!open.isEmpty()) {
            most = Math.max(most, open.size());
            open.remove(0);
            retries.goOn();
        }
        assertEquals(Retries.AT_ONCE, most);
        assertEquals(5000, tried.size());
        assertTrue(retries.isEmpty());
    }

    @Test
    void whatStillWaitsForItsTurnIsNotSettled() throws Exception {
        for (int i = 0; i < 3 * Retries.AT_ONCE; i++) {
            rig.steps.refused.add("p" + i + " 1.0.0");
            rig.write("p" + i + ".wasm", "p" + i + " 1.0.0");
        }
        rig.boot();
        rig.steps.taken.clear();
        rig.events.configured(false);
        assertFalse(rig.events.isSettled());
        rig.settle();
        assertTrue(rig.events.isSettled());
        assertEquals(3 * Retries.AT_ONCE, rig.steps.taken.size());
    }
}
