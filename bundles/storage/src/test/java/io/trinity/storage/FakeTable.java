package io.trinity.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A table in memory that counts its syncs, and waits or fails in them as a test wants. */
final class FakeTable implements Table {
    final TreeMap<String, byte[]> kept = new TreeMap<>();
    final List<String> ends = new ArrayList<>();
    final AtomicInteger syncs = new AtomicInteger();
    final CountDownLatch firstSyncBegan = new CountDownLatch(1);
    volatile CountDownLatch syncMayEnd = new CountDownLatch(0);
    volatile boolean syncFails;
    volatile boolean broken;
    volatile boolean lettingGoFails;

    @Override
    public byte[] get(String key) {
        if (key.equals("unreadable")) {
            throw new IllegalStateException("page unreadable");
        }
        return kept.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        kept.put(key, value);
    }

    @Override
    public void erase(String key) {
        kept.remove(key);
    }

    @Override
    public List<String> keys(String prefix, String from, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void makeDurable() {
        syncs.incrementAndGet();
        firstSyncBegan.countDown();
        try {
            syncMayEnd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (syncFails) {
            throw new IllegalStateException(
                    "writing to FileChannelImpl@1 failed",
                    new IOException("no space left on device"));
        }
    }

    @Override
    public boolean broken() {
        return broken;
    }

    @Override
    public void close() {
        ends.add("closed");
    }

    @Override
    public void abandon() {
        ends.add("abandoned");
        if (lettingGoFails) {
            throw new AssertionError("cannot let go");
        }
    }
}
