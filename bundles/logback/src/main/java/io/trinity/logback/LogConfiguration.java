package io.trinity.logback;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.model.ConfigurationModel;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.joran.util.ConfigurationWatchListUtil;
import ch.qos.logback.core.model.Model;
import ch.qos.logback.core.spi.ConfigurationEvent;
import ch.qos.logback.core.status.StatusManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;

/**
 * The configuration that Logback has, and the file that it should come from. There is always one in
 * effect: what is not valid is told of in one line, and takes nothing away. For one thread at a
 * time.
 */
final class LogConfiguration {
    private static final String AUDIT = "io.trinity.audit";
    private static final String CODE = "CONFIG_INVALID";

    private final LoggerContext context;
    private final Path file;
    private final Consumer<String> standardError;
    private final Consumer<Optional<String>> problem;
    private final String name;

    /** System property: {@code false} where logs that go are not to be opened anew. */
    private static final String REOPEN_PROPERTY = "trinity.log.reopen";

    private final OpenFiles open;

    /** What was last seen and judged; null where nothing was. */
    private byte @Nullable [] seen;

    /** What is new, and not yet known to be still. */
    private byte @Nullable [] pending;

    private byte[] inEffect = {};

    /** Whether the last try got so far that what was in effect before is gone. */
    private boolean isTouched;

    /**
     * Does nothing yet.
     *
     * @param standardError gets a line where a host begins with another configuration than its own
     * @param problem is told what is the matter with the file, whenever that changes
     */
    LogConfiguration(
            LoggerContext context,
            Path file,
            Consumer<String> standardError,
            Consumer<Optional<String>> problem) {
        this.context = context;
        this.file = file;
        this.standardError = standardError;
        this.problem = problem;
        this.open = new OpenFiles(context);
        this.name = "conf/" + file.getFileName();
    }

    /**
     * Takes the file, and the built-in one where there is none or it is not valid.
     *
     * @throws IOException if the built-in one cannot be read
     */
    void begin(Path builtIn) throws IOException {
        byte[] spare = Files.readAllBytes(builtIn);
        Optional<String> wrong;
        try {
            byte[] own = Files.readAllBytes(file);
            seen = own;
            wrong = apply(own);
            if (wrong.isEmpty()) {
                inEffect = own;
                standardErrorOf(auditProblem());
                return;
            }
        } catch (NoSuchFileException e) {
            wrong = Optional.empty();
        } catch (IOException e) {
            wrong = Optional.of(unreadable(e));
        }
        apply(spare);
        inEffect = spare;
        standardErrorOf(wrong.map(w -> tell(w + "; the built-in one is in effect")));
    }

    /**
     * Takes a change of the file that has been still for one look, and opens logs anew whose files
     * others removed. Never throws.
     */
    void look() {
        try {
            if (!"false".equals(System.getProperty(REOPEN_PROPERTY))) {
                for (String anew : open.look()) {
                    log().warn("{} was removed or replaced by others; it is opened anew", anew);
                }
            }
            byte[] now = Files.readAllBytes(file);
            boolean isStill = Arrays.equals(now, pending);
            pending = now;
            if (Arrays.equals(now, seen) ? isIncludedChanged() : isStill) {
                seen = now;
                change(now);
            }
        } catch (NoSuchFileException e) {
            // What is in effect stays, and what was wrong with the file is gone with it.
            pending = null;
            if (seen != null) {
                seen = null;
                problem.accept(Optional.empty());
            }
        } catch (IOException e) {
            // Unreadable for now: what is in effect stays.
            pending = null;
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** A look that throws would be the last one, be it that there is no memory to tell of it. */
    private void failed(Throwable e) {
        try {
            log().error("code={} {}: {}", CODE, name, e.toString(), e);
        } catch (RuntimeException | Error untold) {
            return;
        }
    }

    private void change(byte[] now) {
        problem.accept(Optional.empty());
        Optional<String> wrong = apply(now);
        if (wrong.isPresent()) {
            if (isTouched) {
                apply(inEffect);
            }
            tell(wrong.get() + "; what was in effect before stays");
            return;
        }
        inEffect = now;
        log().info("{} is in effect", name);
        auditProblem();
    }

    /** What is wrong with it; empty where it is in effect now. */
    private Optional<String> apply(byte[] xml) {
        isTouched = false;
        Faults faults = new Faults();
        StatusManager statuses = context.getStatusManager();
        statuses.add(faults);
        try {
            JoranConfigurator joran = new JoranConfigurator();
            joran.setContext(context);
            Model model =
                    joran.buildModelFromSaxEventList(
                            joran.populateSaxEventRecorder(
                                            new InputSource(new ByteArrayInputStream(xml)))
                                    .getSaxEventList());
            if (!(model instanceof ConfigurationModel configuration)) {
                return Optional.of(
                        faults.first().orElse(": its outermost element is not <configuration>"));
            }
            if (faults.isEmpty()) {
                // Who looks at the file is this class.
                configuration.setScanStr("false");
                isTouched = true;
                context.reset();
                watch();
                context.fireConfigurationEvent(
                        ConfigurationEvent.newConfigurationStartedEvent(this));
                joran.processModel(configuration);
                context.fireConfigurationEvent(
                        ConfigurationEvent.newConfigurationEndedSuccessfullyEvent(this));
            }
            if (faults.isEmpty() && !hasAppender(Logger.ROOT_LOGGER_NAME)) {
                // Also by an appender-ref to what is not there, which Logback says nothing of.
                return Optional.of(": its root logger has no appender, so nothing would be logged");
            }
            return faults.first();
        } catch (JoranException e) {
            return Optional.of(faults.first().orElse(": " + e.getMessage()));
        } finally {
            statuses.remove(faults);
            if (statuses.getCopyOfStatusListenerList().isEmpty()) {
                LogTrouble trouble = new LogTrouble();
                trouble.setContext(context);
                statuses.add(trouble);
            }
        }
    }

    /** So that Logback notes what the file includes. */
    private void watch() {
        try {
            URL url = file.toUri().toURL();
            ConfigurationWatchListUtil.setMainWatchURL(context, url);
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private boolean isIncludedChanged() {
        var watched = ConfigurationWatchListUtil.getConfigurationWatchList(context);
        java.io.File changed = watched == null ? null : watched.changeDetectedInFile();
        return changed != null && !changed.equals(file.toFile());
    }

    /** Tells of a file that is of before there was an audit log, and does without one. */
    private Optional<String> auditProblem() {
        if (hasAppender(AUDIT)) {
            return Optional.empty();
        }
        return Optional.of(
                tell(
                        ": it has no logger "
                                + AUDIT
                                + " with an appender, so there is no log/audit.log; remove the"
                                + " file, and the next start puts the one of this version there"));
    }

    private boolean hasAppender(String logger) {
        return context.getLogger(logger).iteratorForAppenders().hasNext();
    }

    /** In the log, and to who lists problems. */
    private String tell(String wrong) {
        String line = name + wrong;
        problem.accept(Optional.of(line));
        log().warn("code={} {}", CODE, line);
        return line;
    }

    private void standardErrorOf(Optional<String> line) {
        line.ifPresent(l -> standardError.accept("code=" + CODE + " " + l));
    }

    private Logger log() {
        return context.getLogger(LogConfiguration.class);
    }

    private static String unreadable(IOException e) {
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return ": it cannot be read: " + (reason == null ? e.getClass().getSimpleName() : reason);
    }
}
