package io.trinity.engine;

import java.io.ByteArrayOutputStream;

/** Modules that no assembler would write. */
final class ModuleBuilder {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ModuleBuilder() {
        out.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    }

    static byte[] bytes(int... values) {
        byte[] b = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            b[i] = (byte) values[i];
        }
        return b;
    }

    static byte[] unsigned(long value) {
        ByteArrayOutputStream leb = new ByteArrayOutputStream();
        long rest = value;
        while (rest >= 0x80) {
            leb.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        leb.write((int) rest);
        return leb.toByteArray();
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] repeat(byte[] part, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    ModuleBuilder section(int id, byte[]... content) {
        byte[] all = concat(content);
        out.write(id);
        out.writeBytes(unsigned(all.length));
        out.writeBytes(all);
        return this;
    }

    /** One function of type {@code () -> ()} with these locals and instructions. */
    static byte[] oneFunction(byte[] locals, byte[] code) {
        byte[] body = concat(locals, code, bytes(0x0B));
        return new ModuleBuilder()
                .section(1, bytes(1, 0x60, 0, 0))
                .section(3, bytes(1, 0))
                .section(10, bytes(1), unsigned(body.length), body)
                .build();
    }

    byte[] build() {
        return out.toByteArray();
    }
}
