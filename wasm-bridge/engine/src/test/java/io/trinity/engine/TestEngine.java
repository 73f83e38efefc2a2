package io.trinity.engine;

import io.trinity.api.engine.Engine;

/** The engine for tests in other packages of this module. */
public final class TestEngine {
    public static final Engine ENGINE = new ChicoryEngine();

    private TestEngine() {}
}
