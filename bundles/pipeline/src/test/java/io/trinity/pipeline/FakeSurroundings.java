package io.trinity.pipeline;

/** A host that is up, or as a test says. */
final class FakeSurroundings implements InboxWorker.Surroundings {
    volatile boolean loading;
    volatile boolean restored = true;

    @Override
    public boolean loading() {
        return loading;
    }

    @Override
    public boolean restored() {
        return restored;
    }

    @Override
    public boolean hostEnds() {
        return false;
    }
}
