package io.trinity.engine.isolate;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.engine.admit.Refused;
import io.trinity.worker.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What host and compiler's process say to each other. */
final class Messages {
    /** A module to compile. */
    static final int COMPILE = 1;

    /** Its classes. */
    static final int CLASSES = 2;

    /** Why it has none: code, detail, remedy. */
    static final int REFUSED = 3;

    /** Most bytes of a module that is asked for; the scan admits no more. */
    static final int MODULE_BYTES = 64 << 20;

    /** Most bytes of classes in an answer. */
    static final int CLASS_BYTES = 256 << 20;

    private static final int MOST_CLASSES = 100_000;

    private Messages() {}

    static Frame classes(SortedMap<String, byte[]> classes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(classes.size());
            for (Map.Entry<String, byte[]> c : classes.entrySet()) {
                out.writeUTF(c.getKey());
                out.writeInt(c.getValue().length);
                out.write(c.getValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        return new Frame(CLASSES, bytes.toByteArray());
    }

    static Frame refused(Refused why) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(why.code().name());
            out.writeUTF(String.valueOf(why.getMessage()));
            out.writeUTF(why.remedy());
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        return new Frame(REFUSED, bytes.toByteArray());
    }

    /**
     * The classes of an answer.
     *
     * @throws Refused when the answer is that the module is refused
     * @throws IOException when it is no answer
     */
    static SortedMap<String, byte[]> read(Frame answer) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(answer.content()));
        switch (answer.kind()) {
            case CLASSES -> {
                return classes(in);
            }
            case REFUSED -> throw refusal(in);
            default -> throw new IOException("an answer of kind " + answer.kind());
        }
    }

    private static SortedMap<String, byte[]> classes(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 1 || count > MOST_CLASSES) {
            throw new IOException(count + " classes");
        }
        SortedMap<String, byte[]> classes = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            int length = in.readInt();
            if (length < 0 || length > in.available()) {
                throw new IOException("a class of " + length + " bytes");
            }
            if (classes.put(name, in.readNBytes(length)) != null) {
                throw new IOException("two classes of one name");
            }
        }
        if (in.available() > 0) {
            throw new IOException("bytes after the last class");
        }
        return classes;
    }

    private static Refused refusal(DataInputStream in) throws IOException {
        String code = in.readUTF();
        try {
            return new Refused(ErrorCode.valueOf(code), in.readUTF(), in.readUTF());
        } catch (IllegalArgumentException e) {
            throw new IOException("no code", e);
        }
    }
}
