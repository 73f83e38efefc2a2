package io.trinity.files;

import static io.trinity.files.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.trinity.api.home.Home;
import io.trinity.api.host.FileChanges;
import io.trinity.api.plugin.Capability;
import io.trinity.api.policy.Grants;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.api.wasi.PosixFiles;
import io.trinity.testkit.contract.ServiceHouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** As components in a framework. */
class ServicesTest {
    private static final Class<io.trinity.api.host.Files> FILES = io.trinity.api.host.Files.class;

    @TempDir Path cache;
    @TempDir Path folder;

    private static <T extends HostInterface> @Nullable T served(
            BundleContext context, Class<T> type) throws Exception {
        for (ServiceReference<HostInterface> r :
                context.getServiceReferences(HostInterface.class, null)) {
            HostInterface found = context.getService(r);
            if (type.isInstance(found)) {
                return type.cast(found);
            }
        }
        return null;
    }

    @Test
    void theInterfacesAreServedWhileThereAreGrantsToAsk() throws Exception {
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("shared"));
        Path code = Files.createDirectories(home.resolve("shared/code"));
        try (ServiceHouse house =
                ServiceHouse.open(
                        cache,
                        Map.of(
                                Home.PROPERTY,
                                home.toString(),
                                "trinity.distribution",
                                code.toString()),
                        "org.osgi.service.metatype")) {
            BundleContext context = house.context();
            assertNull(served(context, FILES));
            FakeGrants fake = new FakeGrants();
            fake.scopes.put(Capability.FILE_READ, List.of("shared", "conf"));
            fake.scopes.put(Capability.FILE_WRITE, List.of("shared"));
            ServiceRegistration<Grants> grants = context.registerService(Grants.class, fake, null);
            HostCall call = Rig.callOf(30_000);
            served(context, FileChanges.class).write(call, "shared/a", 0, new byte[] {1});
            assertEquals(1, Files.size(home.resolve("shared/a")));
            assertEquals(1, served(context, FILES).stat(call, "shared/a").size());
            assertEquals(
                    List.of("shared", "conf"), served(context, PosixFiles.class).directories(call));
            for (String own : List.of("conf", "shared/code")) {
                failure(Reason.DENIED, () -> served(context, FILES).stat(call, own));
            }
            assertEquals(4, house.bundle().getRegisteredServices().length);
            grants.unregister();
            assertNull(served(context, FILES));
            assertNull(served(context, FileChanges.class));
            assertNull(served(context, PosixFiles.class));
        }
    }
}
