package io.trinity.scenarios;

import static org.junit.Assert.assertTrue;

import org.junit.Test;

/** Fails on purpose; run by {@link CanaryTest} only. Its name keeps it from being run by itself. */
public class RedScenario extends Scenario {
    @Test
    public void isRed() {
        assertTrue("red on purpose", registry.find("no such plugin").isPresent());
    }
}
