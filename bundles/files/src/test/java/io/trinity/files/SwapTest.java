package io.trinity.files;

import static io.trinity.files.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody replaces what is checked by a link to the outside, all the time. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SwapTest {
    private static final int ROUNDS = 1500;

    @TempDir Path root;
    private Rig rig;
    private final AtomicBoolean over = new AtomicBoolean();
    private CompletableFuture<Void> swapper;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(root, Map.of("maxCallWriteBytes", 1L << 32), FileChannel::write);
        rig.call = Rig.callOf(110_000);
    }

    @AfterEach
    void close() {
        over.set(true);
        if (swapper != null) {
            swapper.join();
        }
        rig.close();
    }

    private interface Round {
        void run() throws IOException;
    }

    private void swap(Round round) {
        swapper =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                while (!over.get()) {
                                    round.run();
                                }
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }

    /** The name is now a file, now a link to the canary; it is never free. */
    private void swapFile(Path name) throws IOException {
        Path next = rig.root.resolve("next");
        Files.writeString(name, "inside");
        swap(
                () -> {
                    Files.createSymbolicLink(next, rig.secret);
                    Files.move(next, name, StandardCopyOption.ATOMIC_MOVE);
                    Files.writeString(next, "inside");
                    Files.move(next, name, StandardCopyOption.ATOMIC_MOVE);
                });
    }

    /** The name is now a directory with a file, now a link to the outside, now free. */
    private void swapDirectory(Path name) throws IOException {
        Path inside = Files.createDirectory(rig.root.resolve("inside"));
        Files.writeString(inside.resolve("secret"), "inside");
        Path link = Files.createSymbolicLink(rig.root.resolve("link"), rig.outside);
        swap(
                () -> {
                    Files.move(inside, name, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(name, inside, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(link, name, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(name, link, StandardCopyOption.ATOMIC_MOVE);
                });
    }

    private interface Attempt {
        String run() throws HostFailure;
    }

    /** Tries for so many rounds, and on until each of the wanted outcomes was met. */
    private List<String> outcomes(Attempt attempt, String... wanted) {
        List<String> seen = new ArrayList<>();
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (int i = 0;
                i < ROUNDS
                        || (!seen.containsAll(List.of(wanted)) && System.nanoTime() - patience < 0);
                i++) {
            try {
                seen.add(attempt.run());
            } catch (HostFailure e) {
                seen.add(e.reason().name());
            }
            assertFalse(swapper.isDone());
        }
        return seen;
    }

    @Test
    void aFileSwappedForALinkIsNeverReadThroughIt() throws Exception {
        swapFile(rig.maps.resolve("a"));
        List<String> seen = outcomes(() -> rig.text("maps/a"), "DENIED", "inside");
        assertFalse(seen.contains(Rig.CANARY));
        assertTrue(seen.contains("DENIED"), "the link was met");
        assertTrue(seen.contains("inside"), "the file was met");
    }

    @Test
    void aFileSwappedForALinkIsNeverWrittenThroughIt() throws Exception {
        swapFile(rig.maps.resolve("a"));
        List<String> seen =
                outcomes(
                        () -> {
                            rig.write("maps/a", 2, "x");
                            rig.resize("maps/a", 3);
                            return "done";
                        },
                        "DENIED",
                        "FAILED");
        assertEquals(Map.of("", "", "secret", Rig.CANARY), Rig.contents(rig.outside));
        assertTrue(seen.contains("DENIED"), "the link was met");
        assertTrue(seen.contains("FAILED"), "a swap between check and use was met");
        assertEquals(List.of(), Rig.temporaryFiles(rig.maps));
    }

    @Test
    void aDirectorySwappedForALinkIsNeverPassed() throws Exception {
        swapDirectory(rig.maps.resolve("a"));
        List<String> seen = outcomes(() -> rig.text("maps/a/secret"), "DENIED", "inside");
        assertFalse(seen.contains(Rig.CANARY));
        assertTrue(seen.contains("DENIED"), "the link was met");
        assertTrue(seen.contains("inside"), "the directory was met");
    }

    @Test
    void nothingIsChangedThroughADirectorySwappedForALink() throws Exception {
        swapDirectory(rig.maps.resolve("a"));
        int[] size = {10};
        List<String> seen =
                outcomes(
                        () -> {
                            rig.resize("maps/a/secret", ++size[0]);
                            return "done";
                        },
                        "DENIED",
                        "done");
        assertEquals(Map.of("", "", "secret", Rig.CANARY), Rig.contents(rig.outside));
        assertTrue(seen.contains("DENIED"), "the link was met");
        assertTrue(seen.contains("done"), "the directory was met");
    }

    /** Puts a link in the place of what was just looked at, once. */
    private final class Intruder extends ProtectedPaths {
        private final Path place;
        private final Path target;

        Intruder(Path place, Path target) {
            super(null, null);
            this.place = place;
            this.target = target;
        }

        @Override
        void check(Path real, Object key, String what) throws HostFailure {
            super.check(real, key, what);
            if (real.equals(place) && !Files.isSymbolicLink(place)) {
                try {
                    Files.move(place, rig.root.resolve("taken"));
                    Files.createSymbolicLink(place, target);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Test
    void aLinkThatComesBetweenLookAndOpeningIsNotFollowed() throws Exception {
        Path a = Files.createDirectory(rig.maps.toRealPath().resolve("a"));
        Path b = Files.writeString(a.resolveSibling("b"), "inside");
        try (OpenDirectory maps =
                OpenDirectory.granted(rig.maps, new Intruder(a, rig.outside), "maps/a")) {
            failure(Reason.DENIED, () -> maps.directory("a"));
        }
        Files.delete(rig.root.resolve("taken"));
        try (OpenDirectory maps =
                OpenDirectory.granted(rig.maps, new Intruder(b, rig.secret), "maps/b")) {
            failure(Reason.DENIED, () -> maps.file("b"));
        }
        assertTrue(Files.isSymbolicLink(a) && Files.isSymbolicLink(b), "both were swapped");
    }
}
