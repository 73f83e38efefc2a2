package io.trinity.network;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request while its answer is being read: a server may answer before it has the whole body,
 * and read no further. Who reads the answer asks afterwards how the sending went.
 */
final class Upload {
    /** So much goes into the buffers of the system, where the other side reads or not. */
    private static final int AT_ONCE_BYTES = 8192;

    private final FutureTask<Boolean> sending;

    private Upload(FutureTask<Boolean> sending) {
        this.sending = sending;
    }

    /** Begins; a short request is sent when this returns. */
    static Upload begin(ExecutorService threads, OutputStream out, byte[] head, byte[] body) {
        FutureTask<Boolean> sending =
                new FutureTask<>(
                        () -> {
                            out.write(head);
                            out.write(body);
                            out.flush();
                            return true;
                        });
        if (body.length <= AT_ONCE_BYTES) {
            sending.run();
        } else {
            threads.execute(sending);
        }
        return new Upload(sending);
    }

    /** Why it failed; null while it goes on and when all was sent. */
    @Nullable IOException failure() {
        try {
            if (sending.isDone()) {
                sending.get();
            }
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof IOException io
                    ? io
                    : new IOException("the request was not sent", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /**
     * Waits until all was sent, or cannot be.
     *
     * @throws IOException when the time is over
     */
    void await(Deadline deadline) throws IOException {
        try {
            sending.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the body was not sent in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the host ends", e);
        } catch (ExecutionException e) {
            // The answer is there, and says more.
            return;
        }
    }
}
