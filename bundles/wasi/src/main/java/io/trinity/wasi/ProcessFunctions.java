package io.trinity.wasi;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Arguments, clocks, randomness, waiting, and the end. */
final class ProcessFunctions {
    /** Given by one call. */
    static final int MOST_RANDOM_BYTES = 1 << 16;

    /** In one call of {@code poll_oneoff}. */
    static final int MOST_SUBSCRIPTIONS = 64;

    /** Of one random byte, from below; measured: 6. */
    private static final long NANOS_PER_RANDOM_BYTE = 4;

    private static final int REALTIME = 0;
    private static final int MONOTONIC = 1;
    private static final int PROCESS_CPU = 2;
    private static final int THREAD_CPU = 3;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final WasiHost host;
    private final long begin = System.nanoTime();
    private final byte[] name;

    ProcessFunctions(WasiHost host) {
        this.host = host;
        this.name = (host.plugin().name() + "\0").getBytes(StandardCharsets.UTF_8);
    }

    Errno argsSizesGet(GuestBytes m, long[] a) {
        m.putInt(a[0], 1);
        m.putInt(a[1], name.length);
        return Errno.SUCCESS;
    }

    /** One argument, as for every program: its name. */
    Errno argsGet(GuestBytes m, long[] a) {
        m.putInt(a[0], (int) a[1]);
        m.put(a[1], name, 0, name.length);
        return Errno.SUCCESS;
    }

    Errno environSizesGet(GuestBytes m, long[] a) {
        m.putInt(a[0], 0);
        m.putInt(a[1], 0);
        return Errno.SUCCESS;
    }

    Errno clockResGet(GuestBytes m, long[] a) throws Errno.Raised {
        m.check(a[1], Long.BYTES);
        now((int) a[0]);
        m.putLong(a[1], a[0] == MONOTONIC ? 1 : TimeUnit.MICROSECONDS.toNanos(1));
        return Errno.SUCCESS;
    }

    Errno clockTimeGet(GuestBytes m, long[] a) throws Errno.Raised {
        m.check(a[2], Long.BYTES);
        m.putLong(a[2], now((int) a[0]));
        return Errno.SUCCESS;
    }

    /** The monotonic clock begins with the guest: what the host's says is nobody's business. */
    private long now(int clock) throws Errno.Raised {
        return switch (clock) {
            case REALTIME -> {
                Instant now = Instant.now();
                yield TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
            }
            case MONOTONIC -> System.nanoTime() - begin;
            case PROCESS_CPU, THREAD_CPU -> host.cpuNanosUsed();
            default -> throw Errno.INVAL.raise();
        };
    }

    Errno randomGet(GuestBytes m, long[] a) throws Errno.Raised {
        m.check(a[0], a[1]);
        if (a[1] > MOST_RANDOM_BYTES) {
            throw Errno.INVAL.raise();
        }
        int length = (int) a[1];
        host.spend("random_get", length * NANOS_PER_RANDOM_BYTE);
        m.lifting(length);
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        m.put(a[0], bytes, 0, length);
        return Errno.SUCCESS;
    }

    PluginException exit(long[] a) {
        return PluginException.of(
                ErrorCode.GUEST_TRAP,
                host.plugin(),
                "it called exit(%s)".formatted((int) a[0]),
                "a plugin does not exit, it returns from its exports; a C library also exits in"
                        + " abort and assert, and what it wrote to stderr before is in the log");
    }

    /** Waits for the first of several times. */
    Errno pollOneoff(GuestBytes m, long[] a) throws Errno.Raised {
        m.check(a[3], Integer.BYTES);
        if (a[2] == 0 || a[2] > MOST_SUBSCRIPTIONS) {
            throw Errno.INVAL.raise();
        }
        Polling polling = new Polling(m, this::now, a[0], a[1], (int) a[2]);
        long nanos = polling.waitNanos();
        if (nanos > 0) {
            try {
                host.sleep("poll_oneoff", nanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Errno.INTR.raise();
            }
        }
        m.putInt(a[3], polling.tell(nanos));
        return Errno.SUCCESS;
    }
}
