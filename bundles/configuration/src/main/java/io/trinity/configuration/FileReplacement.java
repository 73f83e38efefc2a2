package io.trinity.configuration;

import io.trinity.api.config.Configurations.Refused;
import io.trinity.api.home.DurableFile;
import io.trinity.api.plugin.ErrorCode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Puts other bytes into the place of a file, at once, with the mode and owner of before. */
final class FileReplacement {
    private FileReplacement() {}

    /**
     * The bytes of a file; none where it is not there.
     *
     * @throws Refused for a link, and for what cannot be read
     */
    static byte[] read(Path file) throws Refused {
        refuseLink(file);
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /**
     * Replaces it durably.
     *
     * @throws Refused for a link, for what would belong to somebody else, and for what cannot be
     *     written
     */
    static void write(Path file, byte[] bytes) throws Refused {
        refuseLink(file);
        try {
            DurableFile.replace(file, bytes);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static void refuseLink(Path file) throws Refused {
        if (Files.isSymbolicLink(file)) {
            throw new Refused(
                    ErrorCode.CONFIG_INVALID,
                    "conf/" + file.getFileName() + " is a link, and what it leads to is not ours",
                    "change what it leads to");
        }
    }

    private static Refused failed(Path file, IOException e) {
        String why =
                e instanceof FileSystemException f && f.getReason() != null
                        ? f.getReason()
                        : e.toString();
        return new Refused(
                ErrorCode.STORE_FAILED,
                "conf/" + file.getFileName() + " cannot be written: " + why,
                "check that conf/ and the file may be written and are no mounts, and that the disk"
                        + " has room; or change it with an editor");
    }
}
