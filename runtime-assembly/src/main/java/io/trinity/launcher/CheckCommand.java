package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * {@code check FILE [--home DIR]}: all that the loader would say of a file. In a running home it
 * asks that; otherwise a framework runs for just this, in a home that is thrown away, with the
 * configuration of the one that was named.
 */
final class CheckCommand {
    private static final String USAGE = "./tri check FILE.wasm [--home DIR]";
    private static final long STOP_MILLIS = 10_000;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long READY_NANOS = 30_000_000_000L;

    private CheckCommand() {}

    static int run(List<String> words) throws IOException, InterruptedException {
        Arguments arguments = Arguments.parse(USAGE, Set.of("--home"), 1, words);
        Path file = GivenFile.existing(Path.of(arguments.value(0)).toAbsolutePath().normalize());
        String line = "plugin:check " + quote(file.toString());
        Optional<Home> home = arguments.option("--home").map(h -> new Home(arguments.home()));
        if (home.isPresent() && HomeLock.owner(home.get()).isPresent()) {
            return ExecCommand.run(home.get(), line, false);
        }
        Path temporary = Files.createTempDirectory("trinity-check-");
        try {
            return inTemporaryHome(new Home(temporary), home, line);
        } finally {
            delete(temporary);
        }
    }

    @SuppressWarnings("try") // the lock is held, not used
    private static int inTemporaryHome(Home home, Optional<Home> like, String line)
            throws IOException, InterruptedException {
        if (like.isPresent() && Files.isDirectory(like.get().conf())) {
            copy(like.get().conf(), home.conf());
        }
        Distribution distribution = Distribution.current();
        HomeFolders.prepare(home, distribution.conf(), System.err);
        try (HomeLock held = HomeLock.take(home)) {
            RunCommand.logTo(home, distribution);
            HostFramework framework = new HostFramework(home, distribution);
            framework.start(false);
            try {
                awaitReady(home);
                return ExecCommand.run(home, line, false);
            } finally {
                // The home is about to be deleted, its log too.
                System.setProperty("trinity.log.reopen", "false");
                framework.stop(STOP_MILLIS);
            }
        }
    }

    /** The framework is up when it has started; only what runs on threads of its own may lag. */
    private static void awaitReady(Home home) throws IOException {
        long end = System.nanoTime() + READY_NANOS;
        Quiet ready = Quiet.run(home, "trinity:ready");
        while (!ready.isDone()) {
            if (System.nanoTime() - end >= 0) {
                throw new Failure("the runtime is not ready: " + ready.err());
            }
            LockSupport.parkNanos(LOOK_NANOS);
            ready = Quiet.run(home, "trinity:ready");
        }
    }

    /** A Gogo word in which nothing is special. */
    static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
