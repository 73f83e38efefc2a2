package io.trinity.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.home.Home;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.storage.StorageBackend;
import io.trinity.testkit.contract.Expect;
import io.trinity.testkit.contract.ServiceHouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** As a component in a framework. */
class HostStorageComponentTest {
    @TempDir Path cache;
    @TempDir Path home;

    private ServiceHouse house() throws Exception {
        return ServiceHouse.open(
                cache,
                Map.of(Home.PROPERTY, home.toString()),
                "org.h2.mvstore",
                "org.osgi.service.metatype");
    }

    @Test
    void itIsTheBackendThatOneGetsWhoAsksForAny() throws Exception {
        try (ServiceHouse house = house()) {
            BundleContext context = house.context();
            Hashtable<String, Object> high = new Hashtable<>();
            high.put("service.ranking", 1_000_000);
            HostStorage other = new HostStorage(home.resolve("other.mv.db"), Map.of());
            context.registerService(StorageBackend.class, other, high);
            ServiceReference<StorageBackend> best =
                    context.getServiceReference(StorageBackend.class);
            assertEquals("host", best.getProperty(StorageBackend.NAME));
            assertEquals(true, best.getProperty(StorageBackend.OWN));
            assertEquals(Integer.MAX_VALUE, best.getProperty("service.ranking"));
            other.deactivate();
        }
    }

    @Test
    void itKeepsItsFileBelowTheHomeAndLetsItGoWhenItStops() throws Exception {
        try (ServiceHouse house = house()) {
            BundleContext context = house.context();
            context.getService(context.getServiceReference(StorageBackend.class))
                    .put("a", new byte[] {1});
            assertTrue(Files.exists(home.resolve("data/storage/host.mv.db")));
            house.bundle().stop();
            house.bundle().start();
            StorageBackend again =
                    context.getService(context.getServiceReference(StorageBackend.class));
            assertArrayEquals(new byte[] {1}, Expect.value(again.get("a")).orElseThrow());
        }
    }

    @Test
    void itIsThereAlsoWhereItsFileIsDamaged() throws Exception {
        Path file = home.resolve("data/storage/host.mv.db");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "damaged".repeat(5000));
        try (ServiceHouse house = house()) {
            BundleContext context = house.context();
            StorageBackend storage =
                    context.getService(context.getServiceReference(StorageBackend.class));
            PluginException e = assertThrows(PluginException.class, () -> storage.get("a"));
            assertEquals(ErrorCode.STORE_FAILED, e.code());
        }
    }
}
