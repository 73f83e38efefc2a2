package io.trinity.shell.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where the control socket of a home lies: {@code data/control.sock}, or, where that path is too
 * long for a socket address, a directory of its own under the system's temporary one, which {@code
 * data/control.path} then names. Both directories are open to their owner only.
 */
public final class SocketPlace {
    /** Most bytes of a socket's path that every Unix takes (Linux 107, macOS 103). */
    static final int MAX_PATH_BYTES = 100;

    private static final String SOCKET = "control.sock";
    private static final String POINTER = "control.path";
    private static final String PREFIX = "trinity-";

    private SocketPlace() {}

    /**
     * Where a client finds the socket; nothing need be there.
     *
     * @param data the home's data folder
     */
    public static Path find(Path data) throws IOException {
        Path direct = data.resolve(SOCKET);
        try {
            String text = Files.readString(data.resolve(POINTER), StandardCharsets.UTF_8);
            Path named = Path.of(text.strip());
            return isOurs(named, data) ? named : direct;
        } catch (NoSuchFileException none) {
            return direct;
        }
    }

    /**
     * Makes a place to bind to: what an earlier run left there is gone. The caller holds the home's
     * lock, so no living server is robbed of its socket.
     *
     * @param data the home's data folder, existing, open to its owner only
     * @param temporary where a directory may be made if the path would be too long
     */
    public static Path prepare(Path data, Path temporary) throws IOException {
        clear(data);
        Path direct = data.resolve(SOCKET);
        if (bytes(direct) <= MAX_PATH_BYTES) {
            return direct;
        }
        Path directory =
                Files.createTempDirectory(
                        temporary,
                        PREFIX + digest(data) + "-",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        Path socket = directory.resolve(SOCKET);
        if (bytes(socket) > MAX_PATH_BYTES) {
            Files.delete(directory);
            throw new IOException(
                    "neither "
                            + direct
                            + " nor "
                            + socket
                            + " fits a socket address of "
                            + MAX_PATH_BYTES
                            + " bytes; set -Djava.io.tmpdir to a shorter path");
        }
        writePointer(data, socket);
        return socket;
    }

    /** Removes the socket and all that was made for it. */
    public static void clear(Path data) throws IOException {
        Path socket = find(data);
        Files.deleteIfExists(socket);
        Path directory = socket.getParent();
        if (directory != null && isOurs(socket, data)) {
            Files.deleteIfExists(directory);
        }
        Files.deleteIfExists(data.resolve(POINTER));
    }

    /** A home that was copied while it ran must not lead to the socket of its original. */
    private static boolean isOurs(Path socket, Path data) {
        Path directory = socket.getParent();
        return directory != null
                && String.valueOf(directory.getFileName()).startsWith(PREFIX + digest(data) + "-");
    }

    private static void writePointer(Path data, Path socket) throws IOException {
        Path pointer = data.resolve(POINTER);
        Files.createFile(
                pointer,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(pointer, socket + "\n", StandardCharsets.UTF_8);
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Of the real path: whichever way a client comes to the home, it means the same place. */
    private static String digest(Path data) {
        try {
            Path real = Files.exists(data) ? data.toRealPath() : data;
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(real.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
