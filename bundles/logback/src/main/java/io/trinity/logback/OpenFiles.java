package io.trinity.logback;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.status.ErrorStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Opens a log anew whose file was removed or replaced by others, as {@code rm} and logrotate do;
 * Logback would write on into what has no name any more. Not thread-safe.
 */
final class OpenFiles {
    private final LoggerContext context;

    /** What each stream was opened on. Logback's own rotation opens another stream. */
    private Map<FileAppender<?>, Opened> known = new HashMap<>();

    private record Opened(OutputStream stream, @Nullable Object key) {}

    OpenFiles(LoggerContext context) {
        this.context = context;
    }

    /**
     * Looks, and opens anew where it must.
     *
     * @return the files that were opened anew
     */
    List<String> look() {
        List<String> anew = new ArrayList<>();
        Map<FileAppender<?>, Opened> now = new HashMap<>();
        for (Logger logger : context.getLoggerList()) {
            look(logger.iteratorForAppenders(), now, anew);
        }
        known = now;
        return anew;
    }

    private void look(
            Iterator<Appender<ILoggingEvent>> appenders,
            Map<FileAppender<?>, Opened> now,
            List<String> anew) {
        while (appenders.hasNext()) {
            Appender<ILoggingEvent> a = appenders.next();
            if (a instanceof FileAppender<?> file && !now.containsKey(file)) {
                look(file, now, anew);
            } else if (a instanceof AppenderAttachable<?> behind) {
                @SuppressWarnings("unchecked") // of events, as all of this context are
                AppenderAttachable<ILoggingEvent> of = (AppenderAttachable<ILoggingEvent>) behind;
                look(of.iteratorForAppenders(), now, anew);
            }
        }
    }

    private void look(FileAppender<?> file, Map<FileAppender<?>, Opened> now, List<String> anew) {
        @Nullable OutputStream stream = file.getOutputStream();
        if (!file.isStarted() || stream == null || file.getFile() == null) {
            return;
        }
        try {
            @Nullable Object key = key(Path.of(file.getFile()));
            @Nullable Opened before = known.get(file);
            boolean isSame =
                    before == null
                            || before.stream != stream
                            || key != null && Objects.equals(before.key, key);
            // Meanwhile it may have rotated by itself.
            if (!isSame && file.getOutputStream() == stream && hasPlace(file.getFile())) {
                file.openFile(file.getFile());
                anew.add(file.getFile());
                stream = file.getOutputStream();
                key = key(Path.of(file.getFile()));
            }
            now.put(file, new Opened(stream, key));
        } catch (IOException e) {
            Opened before = known.get(file);
            if (before != null) {
                now.put(file, before);
            }
            context.getStatusManager()
                    .add(
                            new ErrorStatus(
                                    file.getFile() + " is gone and cannot be opened anew",
                                    file,
                                    e));
        }
    }

    /**
     * Whether the folder that holds the log's folder is there. Where not, the home was moved away:
     * a log that was opened anew would leave a home of its own there.
     */
    private static boolean hasPlace(String file) {
        @Nullable Path folder = Path.of(file).toAbsolutePath().getParent();
        @Nullable Path home = folder == null ? null : folder.getParent();
        return home == null || Files.isDirectory(home);
    }

    /** Null where there is no such file. */
    private static @Nullable Object key(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
