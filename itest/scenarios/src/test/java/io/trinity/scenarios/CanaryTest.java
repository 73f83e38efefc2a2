package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;

import org.junit.Test;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;

/**
 * A scenario that fails inside the container is a failed test outside of it, and so a failed build.
 */
public class CanaryTest {
    @Test
    public void aRedScenarioIsSeenAsRed() {
        Result result = JUnitCore.runClasses(RedScenario.class);
        assertEquals(1, result.getRunCount());
        assertEquals(1, result.getFailureCount());
        assertEquals("red on purpose", result.getFailures().get(0).getMessage());
    }
}
