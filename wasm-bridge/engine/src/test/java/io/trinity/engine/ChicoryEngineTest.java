package io.trinity.engine;

import io.trinity.api.engine.Engine;
import org.junit.jupiter.api.Nested;

/** Our engine keeps every contract of an engine. */
class ChicoryEngineTest {
    private static final Engine ENGINE = new ChicoryEngine();

    @Nested
    class Working extends EngineContract {
        @Override
        Engine engine() {
            return ENGINE;
        }
    }

    @Nested
    class Bounded extends BudgetContract {
        @Override
        Engine engine() {
            return ENGINE;
        }
    }

    @Nested
    class Trapping extends MemoryContract {
        @Override
        Engine engine() {
            return ENGINE;
        }
    }

    @Nested
    class Paying extends PaymentContract {
        @Override
        Engine engine() {
            return ENGINE;
        }
    }

    @Nested
    class Admitting extends AdmissionContract {
        @Override
        Engine engine() {
            return ENGINE;
        }
    }
}
