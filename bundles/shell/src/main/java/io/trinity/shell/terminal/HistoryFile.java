package io.trinity.shell.terminal;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the lines that were typed are kept across sessions: {@code data/history}, which only its
 * owner can read, since lines hold what nobody else is to know. JLine writes and bounds it.
 */
final class HistoryFile {
    /** Most lines that are kept; JLine lets the file grow by a quarter before it cuts it. */
    static final int MOST_LINES = 1000;

    private static final String NAME = "history";

    /** What is no history, such as half a line after a full disk, is kept here. */
    private static final String ASIDE = "history.unreadable";

    private static final Pattern LINE = Pattern.compile("\\d+:.*");
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private HistoryFile() {}

    /**
     * Makes the file, or takes from others what they might have been given.
     *
     * @param data the home's data folder
     * @return empty where something else is in its place, or it cannot be made: then lines are kept
     *     for this session only
     */
    static Optional<Path> prepare(Path data) {
        Path file = data.resolve(NAME);
        try {
            try {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } catch (FileAlreadyExistsException kept) {
                if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.empty();
                }
                Files.setPosixFilePermissions(file, OWNER_ONLY);
                if (!isHistory(file)) {
                    // JLine would not start over it.
                    Files.move(file, data.resolve(ASIDE), StandardCopyOption.REPLACE_EXISTING);
                    return prepare(data);
                }
            }
            return Files.isWritable(file) ? Optional.of(file) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isHistory(Path file) throws IOException {
        try {
            return Files.readAllLines(file).stream().allMatch(l -> LINE.matcher(l).matches());
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
