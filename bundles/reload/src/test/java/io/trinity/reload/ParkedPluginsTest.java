package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParkedPluginsTest {
    private final Set<String> serving = new HashSet<>();
    private final Set<String> coming = new HashSet<>();
    private final ParkedPlugins parked = new ParkedPlugins(serving::contains, coming::contains);

    private boolean park(String plugin, String... needs) {
        return parked.park(
                plugin, FakeSteps.manifest(plugin + " 1.0.0 " + String.join(" ", needs)));
    }

    @Test
    void onlyWhatIsOnItsWayIsWaitedFor() {
        assertFalse(park("alpha", "beta"));
        coming.add("beta");
        assertTrue(park("alpha", "beta"));
        serving.add("beta");
        assertFalse(park("gamma", "beta"));
        assertTrue(parked.contains("alpha"));
        parked.remove("alpha");
        assertTrue(parked.isEmpty());
    }

    @Test
    void whoWaitsForOneThatWaitsWaitsTooAndComesAfterIt() {
        coming.add("gamma");
        assertTrue(park("beta", "gamma"));
        assertTrue(park("alpha", "beta"));

        assertEquals(List.of("beta", "alpha"), parked.inOrder());
    }

    @Test
    void aCircleIsNotWaitedFor() {
        coming.add("gamma");
        assertTrue(park("beta", "alpha", "gamma"));
        coming.clear();
        assertFalse(park("alpha", "beta"));
        assertFalse(park("alpha", "alpha"));
        coming.add("alpha");
        assertFalse(park("alpha", "alpha"));
    }

    @Test
    void whoNeedsACircleOfOthersDoesNotWaitEither() {
        coming.add("gamma");
        assertTrue(park("beta", "delta", "gamma"));
        assertTrue(park("delta", "beta", "gamma"));
        coming.clear();
        assertFalse(park("alpha", "beta"));
    }
}
