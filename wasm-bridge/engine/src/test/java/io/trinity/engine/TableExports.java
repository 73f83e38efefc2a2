package io.trinity.engine;

import static io.trinity.engine.ModuleBuilder.bytes;
import static io.trinity.engine.ModuleBuilder.concat;
import static io.trinity.engine.ModuleBuilder.unsigned;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveElement;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.Instruction;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Exports the functions of a module's table too, under {@code table:} and their place: a browser's
 * host calls through an exported table, which the port has no way to.
 */
final class TableExports {
    private static final int EXPORTS = 7;

    private TableExports() {}

    static byte[] added(byte[] module) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(module, 0, 8);
        for (int at = 8; at < module.length; ) {
            int id = module[at];
            int[] size = unsignedAt(module, at + 1);
            int end = size[1] + size[0];
            if (id == EXPORTS) {
                int[] count = unsignedAt(module, size[1]);
                byte[] old = Arrays.copyOfRange(module, count[1], end);
                byte[][] more = exports(Parser.parse(module));
                byte[] content = concat(unsigned(count[0] + more.length), old, concat(more));
                out.writeBytes(concat(bytes(id), unsigned(content.length), content));
            } else {
                out.write(module, at, end - at);
            }
            at = end;
        }
        return out.toByteArray();
    }

    private static byte[][] exports(WasmModule module) {
        List<byte[]> all = new ArrayList<>();
        for (Element element : module.elementSection().elements()) {
            int place = (int) ((ActiveElement) element).offset().get(0).operand(0);
            for (List<Instruction> function : element.initializers()) {
                byte[] name = ("table:" + place++).getBytes(StandardCharsets.UTF_8);
                byte[] index = unsigned(function.get(0).operand(0));
                all.add(concat(unsigned(name.length), name, bytes(0), index));
            }
        }
        return all.toArray(byte[][]::new);
    }

    /** The number, and where the next thing begins. */
    private static int[] unsignedAt(byte[] module, int from) {
        int value = 0;
        int at = from;
        for (int shift = 0; ; shift += 7) {
            int b = module[at++];
            value |= (b & 0x7F) << shift;
            if (b >= 0) {
                return new int[] {value, at};
            }
        }
    }
}
