package io.trinity.wasi;

/**
 * The subscriptions of one {@code poll_oneoff}: of times only. One of a file is answered at once,
 * with NOTSUP; one of a clock that there is none of, with INVAL.
 */
final class Polling {
    /** Answers the time of a clock. */
    interface Clock {
        long now(int clock) throws Errno.Raised;
    }

    private static final int SUBSCRIPTION_BYTES = 48;
    private static final int TYPE_AT = 8;
    private static final int CLOCK_AT = 16;
    private static final int TIMEOUT_AT = 24;
    private static final int FLAGS_AT = 40;
    private static final int EVENT_BYTES = 32;
    private static final int ERROR_AT = 8;
    private static final int EVENT_TYPE_AT = 10;
    private static final int OF_A_CLOCK = 0;
    private static final int ABSOLUTE = 1;
    private static final int LAST_WAITABLE_CLOCK = 1;

    private final GuestBytes memory;
    private final long events;
    private final long[] userdata;
    private final int[] types;
    private final Errno[] errors;
    private final long[] nanos;

    /** Reads all of them, so that where events are written does not matter. */
    Polling(GuestBytes memory, Clock clock, long subscriptions, long events, int count)
            throws Errno.Raised {
        this.memory = memory;
        this.events = events;
        this.userdata = new long[count];
        this.types = new int[count];
        this.errors = new Errno[count];
        this.nanos = new long[count];
        memory.check(subscriptions, (long) count * SUBSCRIPTION_BYTES);
        memory.check(events, (long) count * EVENT_BYTES);
        for (int i = 0; i < count; i++) {
            long at = subscriptions + (long) i * SUBSCRIPTION_BYTES;
            userdata[i] = memory.getLong(at);
            types[i] = memory.getInt(at + TYPE_AT) & 0xff;
            errors[i] = Errno.SUCCESS;
            if (types[i] != OF_A_CLOCK) {
                errors[i] = Errno.NOTSUP;
                continue;
            }
            int id = memory.getInt(at + CLOCK_AT);
            if (id < 0 || id > LAST_WAITABLE_CLOCK) {
                errors[i] = Errno.INVAL;
                continue;
            }
            boolean absolute = (memory.getInt(at + FLAGS_AT) & ABSOLUTE) != 0;
            long timeout = memory.getLong(at + TIMEOUT_AT);
            // An unsigned number that is negative here is one of centuries.
            long relative = timeout < 0 ? Long.MAX_VALUE : timeout;
            nanos[i] = absolute ? Math.max(0, relative - clock.now(id)) : relative;
        }
    }

    /** Until the first of them. */
    long waitNanos() {
        long least = Long.MAX_VALUE;
        for (long n : nanos) {
            least = Math.min(least, n);
        }
        return least;
    }

    /**
     * Writes what has come by then.
     *
     * @return how many there are
     */
    int tell(long waited) {
        int told = 0;
        for (int i = 0; i < nanos.length; i++) {
            if (nanos[i] <= waited) {
                long at = events + (long) told * EVENT_BYTES;
                memory.put(at, new byte[EVENT_BYTES], 0, EVENT_BYTES);
                memory.putLong(at, userdata[i]);
                memory.putByte(at + ERROR_AT, errors[i].number());
                memory.putByte(at + EVENT_TYPE_AT, types[i]);
                told++;
            }
        }
        return told;
    }
}
