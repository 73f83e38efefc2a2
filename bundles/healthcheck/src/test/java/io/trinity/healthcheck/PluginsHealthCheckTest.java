package io.trinity.healthcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.reload.CheckReport;
import io.trinity.api.reload.Reloader;
import io.trinity.testkit.FakeRegistry;
import java.nio.file.Path;
import org.apache.felix.hc.api.Result.Status;
import org.junit.jupiter.api.Test;

class PluginsHealthCheckTest {
    /** A reloader that only says whether it is settled. */
    private record Settled(boolean settled) implements Reloader {
        @Override
        public boolean restored() {
            return true;
        }

        @Override
        public void changed(Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void removed(Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CheckReport check(Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PluginSnapshot reload(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PluginSnapshot load(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PluginSnapshot unload(String name) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void itAsksTheReloaderThatIsThereAtTheTime() {
        PluginsHealthCheck check = new PluginsHealthCheck(new FakeRegistry());
        assertEquals(Status.OK, check.execute().getStatus());
        check.reloader = new Settled(false);
        assertEquals(Status.TEMPORARILY_UNAVAILABLE, check.execute().getStatus());
        check.reloader = new Settled(true);
        assertEquals(Status.OK, check.execute().getStatus());
    }
}
