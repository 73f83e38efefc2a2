package io.trinity.engine.compile;

import io.trinity.engine.admit.Admitted;
import java.io.ByteArrayOutputStream;

/** Writes a module anew without what later steps have no use for. Deterministic. */
final class ModuleBytes {
    private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

    /** No locals; unreachable; end. */
    private static final byte[] EMPTY_BODY = {3, 0, 0, 0x0B};

    private ModuleBytes() {}

    /** Without custom sections, whose parsing and names no compiler needs to be trusted with. */
    static byte[] withoutCustomSections(byte[] module, Admitted admitted) {
        ByteArrayOutputStream out = begin(module.length);
        for (Admitted.Section s : admitted.sections()) {
            out.write(module, s.start(), s.end() - s.start());
        }
        return out.toByteArray();
    }

    /** What {@link #withoutBodies} gives without the segments: as much as tells what it is. */
    static byte[] outline(byte[] module, Admitted admitted) {
        return stripped(module, admitted, false);
    }

    /** Without custom sections and with every function body replaced by one that traps. */
    static byte[] withoutBodies(byte[] module, Admitted admitted) {
        return stripped(module, admitted, true);
    }

    private static byte[] stripped(byte[] module, Admitted admitted, boolean segments) {
        ByteArrayOutputStream out = begin(module.length);
        for (Admitted.Section s : admitted.sections()) {
            if (!segments && Admitted.Section.OF_SEGMENTS.contains(s.id())) {
                continue;
            }
            if (s.id() == Admitted.Section.CODE) {
                ByteArrayOutputStream code = new ByteArrayOutputStream();
                writeUnsigned(code, admitted.functions());
                for (int i = 0; i < admitted.functions(); i++) {
                    code.writeBytes(EMPTY_BODY);
                }
                out.write(s.id());
                writeUnsigned(out, code.size());
                out.writeBytes(code.toByteArray());
            } else {
                out.write(module, s.start(), s.end() - s.start());
            }
        }
        return out.toByteArray();
    }

    private static ByteArrayOutputStream begin(int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(size);
        out.writeBytes(HEADER);
        return out;
    }

    private static void writeUnsigned(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
