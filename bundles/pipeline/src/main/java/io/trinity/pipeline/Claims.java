package io.trinity.pipeline;

import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.api.home.DurableFile;
import io.trinity.api.home.FolderEntries;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The work folder: inputs are claimed into it by a rename, or by a copy from another file system,
 * and leave it when their fate is sealed. Each step can be cut off by a crash and is taken up again
 * by {@link #recover}. Confined to one thread.
 */
final class Claims {
    /** The name under which results are put down; there before they are. */
    private static final String RESULT = ".result";

    /** Its results are in the outbox. The content is why it failed, or nothing. */
    static final String DONE = ".done";

    /** How often work on it has begun without coming to an end. */
    private static final String BEGUN = ".begun";

    /** A copy that is not complete. */
    private static final String COPY = ".copy";

    /** Where a copy comes from, until that is removed. */
    private static final String ORIGIN = ".origin";

    private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{16}(~[0-9]+)?");

    private final Path work;
    private final Path processed;
    private final Path failed;
    private long lastNumber;

    Claims(PipelineFolders folders) throws IOException {
        this.work = Files.createDirectories(folders.work());
        this.processed = folders.processed();
        this.failed = folders.failed();
        // Not the clock alone: it may have been set back.
        lastNumber = Math.max(highest(work), Math.max(highest(processed), highest(failed)));
    }

    private static long highest(Path folder) throws IOException {
        long highest = 0;
        for (Path f : numbered(folder)) {
            highest = Math.max(highest, number(f));
        }
        return highest;
    }

    private static long number(Path folder) {
        return Long.parseUnsignedLong(String.valueOf(folder.getFileName()).substring(0, 16), 16)
                & Long.MAX_VALUE;
    }

    /** The folders of claims below one; empty where it is not there. */
    static List<Path> numbered(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return FolderEntries.of(folder).stream()
                .filter(f -> NUMBER.matcher(String.valueOf(f.getFileName())).matches())
                .toList();
    }

    private Path newFolder() throws IOException {
        lastNumber = Math.max(lastNumber + 1, System.currentTimeMillis());
        return Files.createDirectory(work.resolve(String.format(Locale.ROOT, "%016x", lastNumber)));
    }

    /**
     * Takes an input.
     *
     * @throws NoSuchFileException if it has gone
     * @throws IOException if it cannot be taken: it is where it was
     */
    Claim take(Inbox.Candidate c) throws IOException {
        Path folder = newFolder();
        Path to = folder.resolve(c.path().getFileName());
        try {
            try {
                Files.move(c.path(), to, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                copy(c, folder, to);
            }
            return Claim.of(folder, to);
        } catch (IOException e) {
            delete(folder);
            throw e;
        }
    }

    private static void copy(Inbox.Candidate c, Path folder, Path to) throws IOException {
        if (!Files.isWritable(c.path().getParent())) {
            throw new IOException(
                    "it lies on another file system, from which it may not be removed");
        }
        Path copy = folder.resolve(COPY);
        try (InputStream in = Files.newInputStream(c.path(), LinkOption.NOFOLLOW_LINKS);
                OutputStream out = Files.newOutputStream(copy, StandardOpenOption.CREATE_NEW)) {
            InputMode.limit(copy, c.path(), LinkOption.NOFOLLOW_LINKS);
            in.transferTo(out);
        }
        if (!InputStamp.of(c.path()).same(c.stamp())) {
            throw new IOException("it changed while it was copied");
        }
        Files.setLastModifiedTime(copy, c.stamp().modified());
        DurableFile.sync(copy);
        DurableFile.write(folder.resolve(ORIGIN), origin(c.path(), c.stamp()));
        Files.move(copy, to, StandardCopyOption.ATOMIC_MOVE);
        DurableFile.syncFolder(folder);
        Files.delete(c.path());
        Files.delete(folder.resolve(ORIGIN));
    }

    private static String origin(Path path, InputStamp stamp) {
        return path.toUri()
                + "\n"
                + stamp.sizeBytes()
                + " "
                + stamp.modified().toMillis()
                + " "
                + stamp.key();
    }

    /** Inputs that were claimed earlier and not finished, the oldest first. */
    List<Claim> recover() throws IOException {
        List<Claim> claims = new ArrayList<>();
        for (Path folder : numbered(work)) {
            Files.deleteIfExists(folder.resolve(COPY));
            Optional<Path> input = input(folder);
            if (input.isPresent()) {
                removeOrigin(folder);
                claims.add(Claim.of(folder, input.get()));
            } else {
                delete(folder);
            }
        }
        return claims;
    }

    /** A crash came between a complete copy and the removal of what it was made from. */
    private static void removeOrigin(Path folder) throws IOException {
        Path note = folder.resolve(ORIGIN);
        if (Files.notExists(note, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        String text = Files.readString(note);
        try {
            Path source = Path.of(java.net.URI.create(text.lines().findFirst().orElse("")));
            if (origin(source, InputStamp.of(source)).equals(text)) {
                Files.delete(source);
            }
        } catch (NoSuchFileException | IllegalArgumentException e) {
            // It was removed, or the note is no note.
        }
        Files.delete(note);
    }

    /** The only name in a claim's folder that begins with no dot; nothing where it has gone. */
    static Optional<Path> input(Path folder) throws IOException {
        return FolderEntries.of(folder).stream()
                .filter(f -> !String.valueOf(f.getFileName()).startsWith("."))
                .findFirst();
    }

    /** How often work on it has begun and never ended, a run that goes on included. */
    int begun(Claim c) {
        try {
            return Integer.parseInt(Files.readString(c.folder().resolve(BEGUN)).trim());
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /** Work begins; not synced, since what it counts is the death of this process. */
    void begin(Claim c) throws IOException {
        begun(c, begun(c) + 1);
    }

    /** Work ended, in whatever way but the death of the process. */
    void ended(Claim c) throws IOException {
        if (Files.isDirectory(c.folder())) {
            begun(c, Math.max(0, begun(c) - 1));
        }
    }

    private static void begun(Claim c, int times) throws IOException {
        Path note = c.folder().resolve(BEGUN);
        if (times == 0) {
            Files.deleteIfExists(note);
        } else {
            Files.writeString(note, Integer.toString(times));
        }
    }

    /** Under which name its results are put down, if that is chosen. */
    Optional<String> result(Claim c) {
        return text(c.folder().resolve(RESULT));
    }

    void result(Claim c, String name) throws IOException {
        DurableFile.write(c.folder().resolve(RESULT), name);
    }

    /** What a note says; nothing where there is none, or it cannot be read. */
    static Optional<String> text(Path note) {
        try {
            return Optional.of(Files.readString(note));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Its results are in the outbox: what is left to do is to put it away. */
    void done(Claim c, Optional<Fate> fate) throws IOException {
        DurableFile.write(
                c.folder().resolve(DONE),
                fate.isPresent() ? JSON.std.asString(fate.get().fields()) : "");
    }

    /** Whether {@link #done} was told. */
    boolean isDone(Claim c) {
        return Files.exists(c.folder().resolve(DONE), LinkOption.NOFOLLOW_LINKS);
    }

    /** Puts it where it belongs by what {@link #done} was told. */
    void putAway(Claim c, boolean keep) throws IOException {
        Path note = c.folder().resolve(DONE);
        boolean bad = Files.size(note) > 0;
        if (bad) {
            move(c.folder(), failed, Set.of(DONE));
        } else if (keep) {
            move(c.folder(), processed, Set.of());
        } else {
            delete(c.folder());
        }
    }

    /** Moves a claim's folder below another one; its other notes go. */
    private static void move(Path folder, Path below, Set<String> notes) throws IOException {
        Files.createDirectories(below);
        Path to = below.resolve(folder.getFileName());
        for (int n = 2; Files.exists(to, LinkOption.NOFOLLOW_LINKS); n++) {
            to = below.resolve(folder.getFileName() + "~" + n);
        }
        try {
            Files.move(folder, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            copyFolder(folder, to);
        }
        try (DirectoryStream<Path> dots = Files.newDirectoryStream(to, ".*")) {
            for (Path dot : dots) {
                if (!notes.contains(String.valueOf(dot.getFileName()))) {
                    Files.delete(dot);
                }
            }
        }
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        Path part = to.resolveSibling("." + to.getFileName() + ".part");
        delete(part);
        Files.createDirectory(part);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
            for (Path f : files) {
                Path copy = part.resolve(f.getFileName());
                Files.copy(f, copy, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
                if (Files.isRegularFile(copy, LinkOption.NOFOLLOW_LINKS)) {
                    DurableFile.sync(copy);
                }
            }
        }
        Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
        delete(from);
    }

    /**
     * Takes an input back that had failed, as if it were new.
     *
     * @param result under which its results are put down; empty for a name that is free
     */
    Claim takeBack(Path kept, Optional<String> result) throws IOException {
        Path folder = newFolder();
        Path input =
                input(kept)
                        .orElseThrow(
                                () -> new NoSuchFileException(kept.toString(), null, "no input"));
        Path to = folder.resolve(input.getFileName());
        Claim claim = Claim.of(folder, to);
        if (result.isPresent()) {
            result(claim, result.get());
        }
        try {
            Files.move(input, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(folder);
            throw e;
        }
        delete(kept);
        return claim;
    }

    /** Deletes a folder and the files in it, whatever they are; nothing where it is not there. */
    static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path f : files) {
                Files.delete(f);
            }
        }
        Files.delete(folder);
    }
}
