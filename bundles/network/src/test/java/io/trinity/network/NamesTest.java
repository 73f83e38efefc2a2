package io.trinity.network;

import static io.trinity.network.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NamesTest {
    private static final PluginRef A = PluginRef.named("a");
    private static final InetAddress[] LOOPBACK = {InetAddress.getLoopbackAddress()};

    private static Deadline in(long millis) {
        return new Deadline(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void aNameThatHasNoAddressIsUnavailable() {
        try (Names names =
                new Names(
                        n -> {
                            if (n.equals("empty.test")) {
                                return new InetAddress[0];
                            }
                            throw new UnknownHostException(n);
                        })) {
            failure(Reason.UNAVAILABLE, () -> names.addresses(A, "none.test", in(30_000)));
            failure(Reason.UNAVAILABLE, () -> names.addresses(A, "empty.test", in(30_000)));
        }
    }

    @Test
    void aNameServerThatIsSilentHoldsUpNobodyPastTheDeadlineAndOnePluginOnly() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Names names =
                new Names(
                        n -> {
                            if (n.equals("quick.test")) {
                                return LOOPBACK;
                            }
                            awaitUninterruptibly(over);
                            return LOOPBACK;
                        })) {
            for (int i = 0; i < Names.MAX_OF_ONE; i++) {
                failure(Reason.TIMEOUT, () -> names.addresses(A, "silent.test", in(10)));
            }
            String why =
                    failure(Reason.UNAVAILABLE, () -> names.addresses(A, "quick.test", in(30_000)));
            assertTrue(why.contains("plugin 'a'"), why);
            assertEquals(1, names.addresses(PluginRef.named("b"), "quick.test", in(30_000)).size());
            over.countDown();
            // Once the server answers, the plugin may ask again.
            while (true) {
                try {
                    assertEquals(1, names.addresses(A, "quick.test", in(30_000)).size());
                    break;
                } catch (HostFailure e) {
                    assertEquals(Reason.UNAVAILABLE, e.reason());
                    Thread.onSpinWait();
                }
            }
        } finally {
            over.countDown();
        }
    }

    @Test
    void allPluginsTogetherHaveABoundedNumberOfLookUps() {
        CountDownLatch over = new CountDownLatch(1);
        try (Names names =
                new Names(
                        n -> {
                            awaitUninterruptibly(over);
                            return LOOPBACK;
                        })) {
            for (int i = 0; i < Names.MAX_THREADS; i++) {
                PluginRef one = PluginRef.named("p" + i);
                failure(Reason.TIMEOUT, () -> names.addresses(one, "silent.test", in(5)));
            }
            failure(Reason.UNAVAILABLE, () -> names.addresses(A, "silent.test", in(30_000)));
        } finally {
            over.countDown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // as InetAddress, which does not hear it
            }
        }
    }
}
