package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code run --home DIR [--interactive]}: the runtime in this process, until it is stopped. */
final class RunCommand {
    private static final String USAGE = "run --home DIR [--interactive]";
    private static final String LOGBACK = "logback.xml";
    private static final long STOP_MILLIS = 30_000;

    // Held, or its level would be lost with it.
    private static final Logger JUL = Logger.getLogger("");

    private RunCommand() {}

    static int run(List<String> words) throws IOException, InterruptedException {
        List<String> rest = new ArrayList<>(words);
        boolean interactive = rest.remove("--interactive");
        Path root = Arguments.parse(USAGE, Set.of("--home"), 0, rest).home();
        HomeName.refusal(root)
                .ifPresent(
                        why -> {
                            throw new Failure(why);
                        });
        Home home = new Home(root);
        Distribution distribution = Distribution.current();
        HomeFolders.prepare(home, distribution.conf(), System.err);
        try (HomeLock held = HomeLock.take(home)) {
            refuseWhereSomebodyAnswers(home);
            HostProcess.current().write(home.data());
            System.out.print(Banner.of(home, interactive));
            FileNames.warning(System.getProperty(FileNames.PROPERTY, "UTF-8"))
                    .ifPresent(System.err::println);
            System.out.flush();
            logTo(home, distribution);
            HostFramework framework = new HostFramework(home, distribution);
            new HomeWatch(home, held, System.err, Runtime.getRuntime()::halt).begin();
            Optional<ServiceNotice> manager = ServiceNotice.wanted(System.getenv(), home);
            // Before it starts: a signal may come at any moment.
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(() -> stop(framework, manager), "trinity-shutdown"));
            manager.ifPresent(ServiceNotice::whenReady);
            framework.start(interactive);
            framework.awaitStop();
        }
        return 0;
    }

    /** A lock can be lost, and other people's frameworks take none; a socket cannot lie. */
    private static void refuseWhereSomebodyAnswers(Home home) throws IOException {
        if (new ControlClient(home, Patience.QUESTION).isHeard()) {
            throw new Failure(
                    "trinity is running already  home="
                            + home.root()
                            + "  (it answers on the control socket, and holds no lock)");
        }
    }

    /**
     * Logback and its file name read system properties, not those of the framework. What little
     * comes through java.util.logging (of SPI Fly, before there is a log) is kept to warnings.
     */
    static void logTo(Home home, Distribution distribution) {
        JUL.setLevel(Level.WARNING);
        System.setProperty(Home.PROPERTY, home.root().toString());
        System.setProperty(HomeName.LOG_PATTERN_PROPERTY, HomeName.inPattern(home.log()));
        // Read by io.trinity.logback, which tells of the first and takes the second where it must.
        System.setProperty("logback.configurationFile", home.conf().resolve(LOGBACK).toString());
        System.setProperty("trinity.log.builtin", distribution.conf().resolve(LOGBACK).toString());
        LogForm.read(home.conf(), System::getProperty, System.err).set();
    }

    private static void stop(HostFramework framework, Optional<ServiceNotice> manager) {
        manager.ifPresent(ServiceNotice::stopping);
        try {
            framework.stop(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
