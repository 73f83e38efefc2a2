package io.trinity.files;

import io.trinity.api.sandbox.HostFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.PosixFileAttributeView;

/** Fills a file that nobody else knows yet, in pieces, as long as there is time. */
final class Copying {
    private static final int PIECE_BYTES = 65_536;

    private final Disk disk;

    Copying(Disk disk) {
        this.disk = disk;
    }

    /** What may run full. */
    @FunctionalInterface
    interface Disk {
        /** Writes some of the bytes, at that place. */
        int write(FileChannel file, ByteBuffer bytes, long at) throws IOException;
    }

    /** The first bytes of the one, into the other. */
    void copy(FileChannel from, FileChannel to, long bytes, Deadline deadline)
            throws IOException, HostFailure {
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        long at = 0;
        while (at < bytes) {
            deadline.check();
            piece.clear().limit((int) Math.min(PIECE_BYTES, bytes - at));
            if (from.read(piece, at) < 0) {
                return;
            }
            put(to, piece.flip(), at, deadline);
            at += piece.limit();
        }
    }

    /** All of the bytes, from that place on. */
    void put(FileChannel to, ByteBuffer bytes, long at, Deadline deadline)
            throws IOException, HostFailure {
        int end = bytes.limit();
        long start = at - bytes.position();
        while (bytes.position() < end) {
            deadline.check();
            bytes.limit(Math.min(end, bytes.position() + PIECE_BYTES));
            disk.write(to, bytes, start + bytes.position());
        }
    }

    /** Makes it that long, with zeros; it is not longer now. */
    void extend(FileChannel file, long size) throws IOException {
        if (file.size() < size) {
            disk.write(file, ByteBuffer.allocate(1), size - 1);
        }
    }

    void sync(FileChannel file) throws IOException {
        file.force(true);
    }

    /** The new file may be used by those who may use the old one. */
    void permissions(OpenDirectory in, String old, String aside) throws IOException {
        PosixFileAttributeView from = in.view(old, PosixFileAttributeView.class);
        PosixFileAttributeView to = in.view(aside, PosixFileAttributeView.class);
        if (from != null && to != null) {
            to.setPermissions(from.readAttributes().permissions());
        }
    }
}
