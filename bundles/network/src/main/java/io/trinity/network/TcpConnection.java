package io.trinity.network;

import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.text.Escaped;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection that a plugin holds. One thread sends and one receives at a time; others wait
 * within their deadline. Once ended, it says why for as long as it is held.
 */
final class TcpConnection {
    private final PluginRef owner;
    private final Dialer.Line line;
    private final ConnectionPermits.Permit permit;
    private final ReentrantLock sending = new ReentrantLock();
    private final ReentrantLock receiving = new ReentrantLock();
    private volatile long usedNanos = System.nanoTime();
    private volatile @Nullable String ended;

    TcpConnection(PluginRef owner, Dialer.Line line, ConnectionPermits.Permit permit) {
        this.owner = owner;
        this.line = line;
        this.permit = permit;
    }

    PluginRef owner() {
        return owner;
    }

    /** When somebody last sent over it, or waited for something. */
    long usedNanos() {
        return usedNanos;
    }

    boolean open() {
        return ended == null;
    }

    /** Whether the present scope still lets its owner have it. */
    boolean admittedBy(AllowList allowed) {
        try {
            allowed.check(line.target());
            return allowed.admits(line.target(), line.address());
        } catch (HostFailure e) {
            return false;
        }
    }

    /**
     * Ends it when the scope does not allow it any more.
     *
     * @throws HostFailure DENIED then
     */
    void check(AllowList allowed) throws HostFailure {
        try {
            allowed.check(line.target());
            allowed.reachable(line.target(), List.of(line.address()));
        } catch (HostFailure e) {
            end("the scope of the grant does not allow it any more");
            throw e;
        }
    }

    /** Sends all bytes; the first failure ends the connection. */
    void send(byte[] data, Deadline deadline, Watchdog watchdog, CallBytes meter)
            throws HostFailure {
        lock(sending, deadline);
        try (Watchdog.Watch watch = watchdog.watch(line.socket(), deadline)) {
            meter.count(data.length);
            OutputStream out = line.socket().getOutputStream();
            out.write(data);
            out.flush();
            usedNanos = System.nanoTime();
        } catch (WireLimitException e) {
            throw ended(Reason.LIMIT, e.getMessage());
        } catch (IOException e) {
            throw deadline.over()
                    ? ended(Reason.TIMEOUT, "not all could be sent in time")
                    : ended(Reason.FAILED, Escaped.brief(String.valueOf(e.getMessage())));
        } finally {
            sending.unlock();
        }
    }

    /**
     * Waits for bytes.
     *
     * @return 1 to {@code limit} bytes; none when the other side has closed
     * @throws HostFailure TIMEOUT when none came, which ends nothing
     */
    byte[] receive(int limit, Deadline deadline, CallBytes meter) throws HostFailure {
        lock(receiving, deadline);
        try {
            byte[] bytes = new byte[limit];
            line.socket().setSoTimeout(deadline.remainingMillis());
            int n = line.socket().getInputStream().read(bytes);
            usedNanos = System.nanoTime();
            meter.count(Math.max(0, n));
            return Arrays.copyOf(bytes, Math.max(0, n));
        } catch (SocketTimeoutException e) {
            usedNanos = System.nanoTime();
            throw Deadline.timeout("nothing came from " + line.target());
        } catch (WireLimitException e) {
            throw ended(Reason.LIMIT, e.getMessage());
        } catch (IOException e) {
            throw ended(Reason.FAILED, Escaped.brief(String.valueOf(e.getMessage())));
        } finally {
            receiving.unlock();
        }
    }

    private static void lock(ReentrantLock lock, Deadline deadline) throws HostFailure {
        try {
            if (!lock.tryLock(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS)) {
                throw Deadline.timeout("another instance was using the connection");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostFailure(Reason.UNAVAILABLE, "the host ends");
        }
    }

    private HostFailure ended(Reason reason, @Nullable String why) {
        end(String.valueOf(why));
        return new HostFailure(reason, line.target() + ": " + ended);
    }

    /** Closes the socket and gives the place back; the first reason is kept. */
    synchronized void end(String why) {
        if (ended == null) {
            ended = why;
        }
        line.close();
        permit.close();
    }
}
