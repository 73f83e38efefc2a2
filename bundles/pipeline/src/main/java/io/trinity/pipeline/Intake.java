package io.trinity.pipeline;

import io.trinity.api.home.Home;
import io.trinity.api.pipeline.PipelineStatus;
import io.trinity.api.plugin.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inbox's folder and what is taken from it. A folder that is not there, or not open to the
 * host, is told of and looked for again. Confined to one thread.
 */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** Looking takes at most a tenth of the time, however many files wait. */
    private static final int SHARE = 10;

    private final PipelineFolders folders;
    private final OwnFolders own;
    private final Troubles troubles;
    private final Inbox inbox;
    private final Deque<Inbox.Candidate> ready = new ArrayDeque<>();
    private boolean made;
    private int waiting;
    private long oldestSeenNanos;
    private long nextLookNanos = System.nanoTime();

    Intake(PipelineFolders folders, Home home, Troubles troubles) {
        this.folders = folders;
        this.own = new OwnFolders(home);
        this.troubles = troubles;
        this.inbox =
                new Inbox(
                        folders.inbox(),
                        own,
                        new OpenForWriting(Path.of("/proc")),
                        System::nanoTime);
    }

    /** Inputs that wait in the inbox, those that are not ready yet included. */
    int waiting() {
        return waiting;
    }

    /** What lies in the inbox and is not taken. */
    PipelineStatus.Left left() {
        return inbox.left();
    }

    /** When the one that waits longest was first seen; nothing for none. */
    Optional<Long> oldestNanos() {
        return waiting == 0 ? Optional.empty() : Optional.of(oldestSeenNanos);
    }

    /** Looks into the inbox, unless it was looked at a moment ago. */
    void look(PipelineSettings settings) {
        long start = System.nanoTime();
        if (start - nextLookNanos < 0) {
            return;
        }
        try {
            Optional<String> trouble = folder();
            if (trouble.isPresent()) {
                held(trouble.get());
                return;
            }
            Inbox.Look look =
                    inbox.look(
                            settings.files(),
                            TimeUnit.MILLISECONDS.toNanos(settings.stillMillis()));
            ready.clear();
            ready.addAll(look.ready());
            waiting = look.waiting();
            oldestSeenNanos = look.oldestSeenNanos();
            if (!ready.isEmpty() && !Files.isWritable(folders.inbox())) {
                held(
                        "the inbox %s may be read but not written, so that no file can be taken from"
                                        .formatted(folders.inbox())
                                + " it; let the host's user write there");
                return;
            }
            troubles.over(Troubles.Kind.FOLDER);
        } catch (IOException e) {
            held("the inbox cannot be looked at: " + Names.printable(e));
        } finally {
            long now = System.nanoTime();
            nextLookNanos =
                    now
                            + Math.max(
                                    TimeUnit.MILLISECONDS.toNanos(settings.pollMillis()),
                                    (now - start) * SHARE);
        }
    }

    private void held(String why) {
        ready.clear();
        troubles.tell(Troubles.Kind.FOLDER, ErrorCode.STORE_FAILED, why);
    }

    /** Why the inbox is none now. It is made once: one that went away is a disk that is missing. */
    private Optional<String> folder() throws IOException {
        Path folder = folders.inbox();
        if (!Files.isDirectory(folder)) {
            waiting = 0;
            inbox.isGone();
            if (Files.isSymbolicLink(folder)) {
                return Optional.of(
                        "the inbox %s is a link to %s, which is not there; mount or make it"
                                .formatted(folder, Files.readSymbolicLink(folder)));
            }
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of("the inbox %s is no folder; move it away".formatted(folder));
            }
            if (made) {
                return Optional.of(
                        "the inbox %s has gone; mount or make it again".formatted(folder));
            }
            Files.createDirectories(folder);
        }
        made = true;
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            return Optional.of(
                    "the host's user may not read the inbox %s; check its owner and mode"
                            .formatted(folder));
        }
        Optional<Path> met = own.meet(folder);
        if (met.isPresent()) {
            return Optional.of(
                    "the inbox %s leads to the host's own folder %s; choose another"
                            .formatted(folder, met.get()));
        }
        if (Files.isDirectory(folders.outbox()) && Files.isSameFile(folder, folders.outbox())) {
            return Optional.of(
                    "the inbox %s leads to the outbox; choose another".formatted(folder));
        }
        return Optional.empty();
    }

    /** The next input, claimed; nothing where none is ready. */
    Optional<Claim> take(Claims claims) throws IOException {
        while (!ready.isEmpty()) {
            Inbox.Candidate c = ready.remove();
            try {
                InputStamp now = InputStamp.of(c.path());
                if (!now.same(c.stamp()) || now.objection().isPresent()) {
                    continue; // The next look tells.
                }
                Claim claim = claims.take(c);
                inbox.taken(c);
                waiting--;
                return Optional.of(claim);
            } catch (NoSuchFileException e) {
                if (!Files.isDirectory(folders.work())) {
                    throw e;
                }
                LOG.debug("it went before it could be taken", e);
            } catch (IOException e) {
                if (!Files.isWritable(folders.work())) {
                    throw e;
                }
                inbox.leave(c.path(), "it cannot be taken: " + Names.reason(e));
            }
        }
        return Optional.empty();
    }
}
