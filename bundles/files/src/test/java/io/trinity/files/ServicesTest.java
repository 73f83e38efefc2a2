package io.trinity.files;

import static io.trinity.files.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.trinity.api.home.Home;
import io.trinity.api.plugin.Capability;
import io.trinity.api.policy.Grants;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.testkit.contract.ServiceHouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** As components in a framework. */
class ServicesTest {
    @TempDir Path cache;
    @TempDir Path folder;

    private static HostInterface interfaceName(BundleContext context, String name)
            throws Exception {
        for (ServiceReference<HostInterface> r :
                context.getServiceReferences(
                        HostInterface.class, "(" + HostInterface.NAME + "=" + name + ")")) {
            return context.getService(r);
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
            assertNull(interfaceName(context, "files"));
            FakeGrants fake = new FakeGrants();
            fake.scopes.put(Capability.FILE_READ, List.of("shared", "conf"));
            fake.scopes.put(Capability.FILE_WRITE, List.of("shared"));
            ServiceRegistration<Grants> grants = context.registerService(Grants.class, fake, null);
            HostCall call = Rig.callOf(30_000);
            Object[] write = {"shared/a", 0L, new byte[] {1}};
            assertNull(interfaceName(context, "file-changes").call(call, "write", write));
            assertEquals(1, Files.size(home.resolve("shared/a")));
            Object[] stat =
                    (Object[])
                            interfaceName(context, "files")
                                    .call(call, "stat", new Object[] {"shared/a"});
            assertEquals(1L, stat[1]);
            for (String own : List.of("conf", "shared/code")) {
                failure(
                        Reason.DENIED,
                        () ->
                                interfaceName(context, "files")
                                        .call(call, "stat", new Object[] {own}));
            }
            assertEquals(4, house.bundle().getRegisteredServices().length);
            grants.unregister();
            assertNull(interfaceName(context, "files"));
            assertNull(interfaceName(context, "file-changes"));
            assertNull(interfaceName(context, "posix-files"));
        }
    }
}
