package io.trinity.network;

import static io.trinity.network.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.testkit.FakeRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SweepTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private long opened(Peer peer) throws Exception {
        rig.grant("127.0.0.1:" + peer.port());
        return rig.open("127.0.0.1", peer.port());
    }

    private String endedBecause(long c) {
        String why = failure(Reason.FAILED, () -> rig.receive(c, 1, Rig.TIMEOUT_MILLIS));
        assertEquals(0, rig.network.permits().taken());
        return why;
    }

    private static FakeRegistry registry(PluginSnapshot... plugins) {
        return new FakeRegistry(plugins);
    }

    private static PluginSnapshot maps(long generation) {
        return FakeRegistry.active("maps", Rig.PLUGIN.version(), generation);
    }

    @Test
    void whatIsUsedAndGrantedStays() throws Exception {
        try (Peer peer = new Peer(Peer::listen)) {
            long c = opened(peer);
            rig.network.registry = registry(maps(3));
            rig.network.sweep(System.nanoTime());
            rig.network.registry = null;
            rig.network.sweep(System.nanoTime());
            rig.write(c, new byte[1], Rig.TIMEOUT_MILLIS);
        }
    }

    @Test
    void whatIsIdleIsClosed() throws Exception {
        try (Peer peer = new Peer(Peer::listen)) {
            long c = opened(peer);
            rig.network.sweep(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(59_000));
            rig.write(c, new byte[1], Rig.TIMEOUT_MILLIS);
            rig.network.sweep(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(60_001));
            String why = endedBecause(c);
            assertTrue(why.contains("idleMillis in conf/io.trinity.network.cfg"), why);
        }
    }

    @Test
    void whatTheScopeDoesNotNameAnyMoreIsClosed() throws Exception {
        try (Peer peer = new Peer(Peer::listen)) {
            long c = opened(peer);
            rig.grant("127.0.0.1:1");
            rig.network.sweep(System.nanoTime());
            rig.grant("127.0.0.1:" + peer.port());
            endedBecause(c);
        }
    }

    @Test
    void aRevokedGrantClosesWhatItOpened() throws Exception {
        try (Peer peer = new Peer(Peer::listen)) {
            long c = opened(peer);
            rig.network.registry = registry(maps(3));
            rig.grants.granted = false;
            rig.network.sweep(System.nanoTime());
            assertTrue(endedBecause(c).contains("taken back"));
        }
    }

    @Test
    void aPluginThatIsGoneLeavesNoConnection() throws Exception {
        for (FakeRegistry now : List.of(registry(), registry(maps(0)))) {
            try (Peer peer = new Peer(Peer::listen)) {
                long c = opened(peer);
                rig.network.registry = now;
                rig.network.sweep(System.nanoTime());
                assertTrue(endedBecause(c).contains("unloaded"));
            }
        }
    }

    @Test
    void handlesOfEndedConnectionsAreKeptInABoundedNumber() throws Exception {
        try (Peer peer = new Peer(Peer::listen)) {
            for (int i = 0; i < 3 * Connections.MAX_ENDED; i++) {
                opened(peer);
                rig.network.connections().endWhere(c -> "test");
            }
            assertTrue(rig.network.connections().size() <= Connections.MAX_ENDED);
        }
    }
}
