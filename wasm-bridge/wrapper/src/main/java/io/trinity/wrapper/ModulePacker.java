package io.trinity.wrapper;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Puts a manifest into a module. Pure. Source: WebAssembly Core §5.5.3, custom sections. */
public final class ModulePacker {
    private static final byte[] MAGIC = {0, 'a', 's', 'm', 1, 0, 0, 0};

    private ModulePacker() {}

    /**
     * The module with the manifest as custom section {@code trinity:manifest} at its end; one that
     * was there is replaced.
     *
     * @param module a core WebAssembly module
     * @param manifestJson a valid manifest
     * @throws PluginException MODULE_MALFORMED, MODULE_COMPONENT, MANIFEST_INVALID
     */
    public static byte[] pack(byte[] module, byte[] manifestJson) {
        PluginRef who =
                ManifestReader.read(PluginRef.named("module"), manifestJson).manifest().ref();
        if (module.length < 8 || !startsWithMagic(module)) {
            boolean component = module.length >= 8 && module[6] != 0 && module[0] == 0;
            throw PluginException.of(
                    component ? ErrorCode.MODULE_COMPONENT : ErrorCode.MODULE_MALFORMED,
                    who,
                    component ? "the file is a component" : "the file is not a WebAssembly module",
                    "pack a core module: bytes 00 61 73 6d 01 00 00 00 at its start");
        }
        byte[] name = Manifest.SECTION.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(module, 0, 8);
        int[] at = {8};
        while (at[0] < module.length) {
            int start = at[0];
            int id = module[at[0]++];
            long size = varuint(who, module, at);
            int body = at[0];
            if (size > module.length - body) {
                throw malformed(who, start);
            }
            at[0] = body + (int) size;
            boolean ours =
                    id == 0
                            && size > name.length
                            && module[body] == name.length
                            && matches(module, body + 1, name);
            if (!ours) {
                out.write(module, start, at[0] - start);
            }
        }
        out.write(0);
        varuint(out, 1 + name.length + manifestJson.length);
        out.write(name.length);
        out.writeBytes(name);
        out.writeBytes(manifestJson);
        return out.toByteArray();
    }

    private static boolean startsWithMagic(byte[] module) {
        return matches(module, 0, MAGIC);
    }

    private static boolean matches(byte[] bytes, int at, byte[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (bytes[at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static long varuint(PluginRef who, byte[] bytes, int[] at) {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (at[0] >= bytes.length) {
                throw malformed(who, at[0]);
            }
            byte b = bytes[at[0]++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw malformed(who, at[0]);
    }

    private static void varuint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > 0x7f) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static PluginException malformed(PluginRef who, int at) {
        return PluginException.of(
                ErrorCode.MODULE_MALFORMED, who, "a section at byte " + at + " is cut off", "");
    }
}
