package io.trinity.network;

import static io.trinity.network.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.policy.Grants;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.testkit.contract.ServiceHouse;
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
    void bothInterfacesAreServedWhileThereAreGrantsToAsk() throws Exception {
        try (ServiceHouse house = ServiceHouse.open(cache, Map.of(), "org.osgi.service.metatype")) {
            BundleContext context = house.context();
            assertNull(interfaceName(context, "http"));
            ServiceRegistration<Grants> grants =
                    context.registerService(Grants.class, new FakeGrants(), null);
            HostCall call = new HostCall(Rig.PLUGIN, System.nanoTime() + 30_000_000_000L);
            Object[] get = {"GET", "http://127.0.0.1:1/", List.of(), new byte[0], 1000L};
            String why =
                    failure(
                            Reason.DENIED,
                            () ->
                                    interfaceName(context, "http")
                                            .call(call, "send", new Object[] {get}));
            assertTrue(why.contains("127.0.0.1:1 is not in the scope"), why);
            failure(
                    Reason.DENIED,
                    () ->
                            interfaceName(context, "tcp")
                                    .call(call, "open", new Object[] {"::1", 1, 1000L}));
            assertEquals(3, house.bundle().getRegisteredServices().length);
            grants.unregister();
            assertNull(interfaceName(context, "http"));
            assertNull(interfaceName(context, "tcp"));
        }
        assertTrue(
                Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(t -> t.getName().equals("trinity-network-sweep")));
    }

    @Test
    void theParserOfAnswersTravelsWithTheBundle() throws Exception {
        try (ServiceHouse house = ServiceHouse.open(cache, Map.of(), "org.osgi.service.metatype")) {
            BundleContext context = house.context();
            FakeGrants grants = new FakeGrants();
            context.registerService(Grants.class, grants, null);
            try (Peer peer = Peer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
                grants.scope = List.of("127.0.0.1:" + peer.port());
                HostCall call = new HostCall(Rig.PLUGIN, System.nanoTime() + 30_000_000_000L);
                Object[] get = {
                    "GET", "http://127.0.0.1:" + peer.port(), List.of(), new byte[0], 30_000L
                };
                Object[] answer =
                        (Object[])
                                interfaceName(context, "http")
                                        .call(call, "send", new Object[] {get});
                assertEquals(200, answer[0]);
            }
        }
    }
}
