package io.trinity.network;

import static io.trinity.network.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.host.Http;
import io.trinity.api.host.Tcp;
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

    private static <T extends HostInterface> T served(BundleContext context, Class<T> type)
            throws Exception {
        for (ServiceReference<HostInterface> r :
                context.getServiceReferences(HostInterface.class, null)) {
            HostInterface owner = context.getService(r);
            if (type.isInstance(owner)) {
                return type.cast(owner);
            }
        }
        return null;
    }

    @Test
    void bothInterfacesAreServedWhileThereAreGrantsToAsk() throws Exception {
        try (ServiceHouse house = ServiceHouse.open(cache, Map.of(), "org.osgi.service.metatype")) {
            BundleContext context = house.context();
            assertNull(served(context, Http.class));
            ServiceRegistration<Grants> grants =
                    context.registerService(Grants.class, new FakeGrants(), null);
            HostCall call = new HostCall(Rig.PLUGIN, System.nanoTime() + 30_000_000_000L);
            Http.Request get =
                    new Http.Request("GET", "http://127.0.0.1:1/", List.of(), new byte[0], 1000);
            String why = failure(Reason.DENIED, () -> served(context, Http.class).send(call, get));
            assertTrue(why.contains("127.0.0.1:1 is not in the scope"), why);
            failure(Reason.DENIED, () -> served(context, Tcp.class).open(call, "::1", 1, 1000));
            assertEquals(3, house.bundle().getRegisteredServices().length);
            grants.unregister();
            assertNull(served(context, Http.class));
            assertNull(served(context, Tcp.class));
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
                String url = "http://127.0.0.1:" + peer.port();
                Http.Request get = new Http.Request("GET", url, List.of(), new byte[0], 30_000);
                assertEquals(200, served(context, Http.class).send(call, get).status());
            }
        }
    }
}
