package io.trinity.wasi;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.canonical.abi.LinearMemory;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A guest's memory during one call of WASI. A pointer or length that leads out of it is GUEST_ABI,
 * as in the contract's own functions. Nothing is allocated by what a length says before it is
 * checked.
 */
final class GuestBytes {
    /** One {@code iovec} or {@code ciovec}: pointer and length. */
    private static final int VECTOR_BYTES = 8;

    /** Source: POSIX, {@code IOV_MAX}. */
    static final int MAX_VECTORS = 1024;

    private static final int MAX_PATH_BYTES = 4096;

    private final LinearMemory memory;
    private final PluginRef plugin;
    private final String function;

    GuestBytes(LinearMemory memory, PluginRef plugin, WasiFunction function) {
        this.memory = memory;
        this.plugin = plugin;
        this.function = function.label();
    }

    /** Sees that an area is within the memory. */
    void check(long pointer, long length) {
        long begin = pointer & 0xffff_ffffL;
        long bytes = length & 0xffff_ffffL;
        if (begin + bytes > memory.sizeBytes()) {
            throw PluginException.of(
                    ErrorCode.GUEST_ABI,
                    plugin,
                    "%s: %s bytes at %s are not within its memory of %s"
                            .formatted(function, bytes, begin, memory.sizeBytes()),
                    "mend the plugin: see docs/plugin-author.md, WASI");
        }
    }

    void putByte(long pointer, int value) {
        check(pointer, 1);
        memory.putByte((int) pointer, (byte) value);
    }

    void putInt(long pointer, int value) {
        check(pointer, Integer.BYTES);
        memory.putInt((int) pointer, value);
    }

    void putLong(long pointer, long value) {
        check(pointer, Long.BYTES);
        memory.putLong((int) pointer, value);
    }

    int getInt(long pointer) {
        check(pointer, Integer.BYTES);
        return memory.getInt((int) pointer);
    }

    long getLong(long pointer) {
        check(pointer, Long.BYTES);
        return memory.getLong((int) pointer);
    }

    /** Copies in. */
    void put(long pointer, byte[] source, int offset, int length) {
        check(pointer, length);
        if (length > 0) {
            memory.write((int) pointer, source, offset, length);
        }
    }

    /** Text, strict UTF-8 without a zero in it. */
    String text(long pointer, long length) throws Errno.Raised {
        check(pointer, length);
        int bytes = (int) Math.min(length & 0xffff_ffffL, MAX_PATH_BYTES + 1L);
        if (bytes > MAX_PATH_BYTES) {
            throw Errno.NAMETOOLONG.raise();
        }
        if (bytes == 0) {
            return "";
        }
        memory.lifting(2L * bytes);
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(memory.read((int) pointer, bytes)))
                            .toString();
            if (text.indexOf(0) >= 0) {
                throw Errno.ILSEQ.raise();
            }
            return text;
        } catch (CharacterCodingException e) {
            throw Errno.ILSEQ.raise();
        }
    }

    /**
     * Areas of the memory, in order, all checked. A copy: an area may lie over the array that it
     * was read from.
     *
     * @param bytes how long they are together, cut to what is to be moved at once
     */
    record Areas(int[] pointers, int[] lengths, int bytes) {}

    /**
     * Reads an array of {@code iovec} or {@code ciovec}.
     *
     * @param most bytes that are moved at once
     */
    Areas areas(long vectors, long count, int most) throws Errno.Raised {
        long n = count & 0xffff_ffffL;
        if (n > MAX_VECTORS) {
            throw Errno.INVAL.raise();
        }
        check(vectors, n * VECTOR_BYTES);
        int[] pointers = new int[(int) n];
        int[] lengths = new int[(int) n];
        long all = 0;
        for (int i = 0; i < n; i++) {
            long at = vectors + (long) i * VECTOR_BYTES;
            pointers[i] = getInt(at);
            lengths[i] = getInt(at + Integer.BYTES);
            check(pointers[i], lengths[i]);
            all += lengths[i] & 0xffff_ffffL;
        }
        return new Areas(pointers, lengths, (int) Math.min(all, most));
    }

    /** Collects what lies in areas. */
    byte[] gather(Areas areas) {
        lifting(areas.bytes());
        byte[] all = new byte[areas.bytes()];
        int done = 0;
        for (int i = 0; done < all.length; i++) {
            int length = part(areas, i, all.length - done);
            if (length > 0) {
                byte[] piece = memory.read(areas.pointers()[i], length);
                System.arraycopy(piece, 0, all, done, length);
                done += length;
            }
        }
        return all;
    }

    /** Before the host reads so much for the guest. */
    void lifting(int bytes) {
        memory.lifting(bytes);
    }

    /** Fills areas, in order. */
    void scatter(Areas areas, byte[] bytes) {
        int done = 0;
        for (int i = 0; done < bytes.length; i++) {
            int length = part(areas, i, bytes.length - done);
            put(areas.pointers()[i], bytes, done, length);
            done += length;
        }
    }

    private static int part(Areas areas, int i, int most) {
        return (int) Math.min(areas.lengths()[i] & 0xffff_ffffL, most);
    }
}
