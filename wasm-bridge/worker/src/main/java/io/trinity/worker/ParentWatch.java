package io.trinity.worker;

import java.util.Optional;

/** Ends this process once its parent is another than the one that it began with. */
final class ParentWatch {
    private static final int LOOK_MILLIS = 1_000;

    private ParentWatch() {}

    static void start() {
        ProcessHandle self = ProcessHandle.current();
        Optional<ProcessHandle> parent = self.parent();
        if (parent.isEmpty()) {
            // Its parent is outside of what it can see; the end of the pipe has to do.
            return;
        }
        Thread watch = new Thread(() -> watch(self, parent.get()), "worker-parent");
        watch.setDaemon(true);
        watch.start();
    }

    private static void watch(ProcessHandle self, ProcessHandle parent) {
        try {
            while (self.parent().filter(parent::equals).isPresent()) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            WorkerLoop.end(0);
        }
    }
}
