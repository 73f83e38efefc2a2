package io.trinity.reload;

import io.trinity.api.log.Asker;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.Sandbox;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A load that is under way, and may be given up: while it is compiled its thread is interrupted,
 * while it is initialised the sandbox is told. Between the two nothing takes long. Thread-safe.
 */
final class LoadInWork {
    private static final long AGAIN_MILLIS = 10;

    private final PluginRef plugin;
    private final Sandbox sandbox;
    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable Thread compiling;
    private boolean unwanted;
    private boolean interrupted;
    private boolean hurried;
    private String hurriedBy = "";

    LoadInWork(PluginRef plugin, Sandbox sandbox) {
        this.plugin = plugin;
        this.sandbox = sandbox;
    }

    /**
     * Does what may be interrupted.
     *
     * @throws PluginException NOT_ACTIVE where it is given up
     */
    <T> T compiling(Supplier<T> compile) {
        try {
            return interruptibly(compile);
        } catch (RuntimeException e) {
            requireWanted();
            String hurriedBy = takeHurry();
            if (hurriedBy.isEmpty()) {
                throw e;
            }
            // It was interrupted, so as not to wait behind those that nobody asked for; whatever it
            // was at then has failed by that.
            AtomicReference<T> made = new AtomicReference<>();
            Asker.run(hurriedBy, () -> made.set(interruptibly(compile)));
            return Objects.requireNonNull(made.get());
        }
    }

    private <T> T interruptibly(Supplier<T> compile) {
        synchronized (this) {
            requireWanted();
            compiling = Thread.currentThread();
        }
        try {
            return compile.get();
        } finally {
            synchronized (this) {
                compiling = null;
                if (interrupted) {
                    // What follows would take it for its own.
                    interrupted = false;
                    hurried = !hurriedBy.isEmpty();
                    Thread.interrupted();
                }
            }
            requireWanted();
        }
    }

    /** Who had it interrupted, so that it begins anew; nobody where it was not. */
    private synchronized String takeHurry() {
        boolean was = hurried;
        hurried = false;
        return was ? hurriedBy : "";
    }

    /** Somebody waits for it: it does not wait for its turn to be compiled. */
    synchronized void hurry(String asker) {
        if (hurriedBy.isEmpty()) {
            hurriedBy = asker;
            interrupt();
        }
    }

    private void interrupt() {
        Thread thread = compiling;
        if (thread != null) {
            interrupted = true;
            thread.interrupt();
        }
    }

    /**
     * Asks whether it goes on.
     *
     * @throws PluginException NOT_ACTIVE where it is given up
     */
    synchronized void requireWanted() {
        if (unwanted) {
            throw unwanted(plugin);
        }
    }

    /** Why a load that was given up came to nothing. */
    static PluginException unwanted(PluginRef plugin) {
        return PluginException.of(
                ErrorCode.NOT_ACTIVE,
                plugin,
                "its load was given up, since it is unloaded",
                "plugin:load %s loads it".formatted(plugin.name()));
    }

    /** It has ended. */
    void ended() {
        over.countDown();
    }

    /** Nobody wants it any more; returns when it has ended. */
    void giveUp() {
        synchronized (this) {
            unwanted = true;
            interrupt();
        }
        try {
            do {
                // It is lost on code that has just not begun yet.
                sandbox.giveUp(plugin.name());
            } while (!over.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
