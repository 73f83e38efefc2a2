package io.trinity.shell.control;

import io.trinity.shell.wire.Frame;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells a client once a second that its line still runs, and what it is doing: a client that hears
 * nothing may take it that the host does not answer. Thread-safe.
 */
final class Pulse implements Progress {
    private final FrameWriter frames;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile String doing = "";
    private volatile String goesOn = "";

    Pulse(FrameWriter frames) {
        this.frames = frames;
    }

    @Override
    public void doing(String what) {
        doing = what;
    }

    @Override
    public void goesOn(String what) {
        goesOn = what;
    }

    /** The line has ended. */
    void end() {
        over.countDown();
    }

    /** Sends until {@link #end}. */
    void beat() throws IOException, InterruptedException {
        String told = "";
        frames.write(Frame.words(Frame.Kind.PROGRESS, ""));
        // What goes on is said soon, since a client may be ended at any time.
        while (!over.await(Frame.PULSE_MILLIS / 4, TimeUnit.MILLISECONDS)) {
            String now = goesOn;
            if (!now.equals(told)) {
                frames.write(Frame.words(Frame.Kind.GOES_ON, now));
                told = now;
            }
            frames.offer(Frame.words(Frame.Kind.PROGRESS, doing));
        }
    }
}
