package io.trinity.bench.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines that are compared do the same. */
class SameResultsTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {Engines.TRINITY, Engines.NO_CHECKS, Engines.CHICORY_ARRAY, Engines.CHICORY})
    void eachFunctionReturnsWhatItsTwinInPlainJavaDoes(String engine) {
        for (Subject s : Subject.values()) {
            int expected = s.on(Engines.JAVA).call(s.argument());
            assertEquals(expected, s.on(engine).call(s.argument()), s.export());
        }
        byte[] in = new byte[64];
        assertArrayEquals(
                Engines.of(Engines.JAVA, Modules.trips()).trip().apply(in.clone()),
                Engines.of(engine, Modules.trips()).trip().apply(in.clone()));
    }

    @Test
    void aModuleThatWasCompiledBeforeDoesWhatItDidThen() throws Exception {
        Modules.write(folder, Modules.trips());
        int fresh = Trinity.of(Modules.kernels()).function(Load.SMALL.export()).call(0);
        assertEquals(fresh, Saved.load(folder, Load.SMALL).function(Load.SMALL.export()).call(0));
    }

    @Test
    void aGuestThatNeverEndsIsStoppedPastItsLimitAndNotBefore() {
        List<Double> micros = Runaway.overshoots(1);
        assertEquals(Subject.kernels().size(), micros.size());
        assertTrue(micros.stream().allMatch(m -> m >= 0), micros.toString());
    }
}
