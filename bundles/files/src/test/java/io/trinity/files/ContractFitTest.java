package io.trinity.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.contract.Contract;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.canonical.abi.ImportCodec;
import io.trinity.canonical.abi.ResultValue;
import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitPackage;
import io.trinity.testkit.contract.FlatMemory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the canonical ABI lifts goes in, and what comes out it can lower, as plugin.wit says. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContractFitTest {
    private static final WitPackage WIT = WitPackage.parse(Contract.wit());
    private static final int RETURN_AREA = 1024;

    @TempDir Path root;
    private Rig rig;
    private final FlatMemory memory = new FlatMemory();

    private static ImportCodec codec(String interfaceName, String function) {
        for (WitFunction f :
                WIT.interfaces().stream()
                        .filter(i -> i.name().equals(interfaceName))
                        .findFirst()
                        .orElseThrow()
                        .functions()) {
            if (f.name().equals(function)) {
                return ImportCodec.of(f);
            }
        }
        throw new AssertionError("plugin.wit has no " + interfaceName + "." + function);
    }

    private Object call(
            ImportCodec codec, HostInterface interfaceName, String function, long... core)
            throws HostFailure {
        Object result = interfaceName.call(rig.call, function, codec.liftArguments(memory, core));
        codec.lowerResult(
                memory, (p, old, align, size) -> memory.take(size), core, ResultValue.ok(result));
        return result;
    }

    @Test
    void aFileIsWrittenReadListedAndRemoved() throws Exception {
        try (Rig opened = new Rig(root)) {
            rig = opened;
            int path = memory.text("maps/d/a");
            int area = RETURN_AREA;
            call(
                    codec("file-changes", "write"),
                    rig.write,
                    "write",
                    path,
                    8,
                    2,
                    memory.text("hello"),
                    5,
                    area);
            assertEquals(0, memory.getByte(area));
            call(codec("file-changes", "resize"), rig.write, "resize", path, 8, 6, area);
            assertEquals(0, memory.getByte(area));

            call(codec("files", "read"), rig.read, "read", path, 8, 1, 100, area);
            assertEquals(5, memory.getInt(area + 8));
            assertEquals("\0hell", memory.text(memory.getInt(area + 4), 5));

            call(codec("files", "stat"), rig.read, "stat", path, 8, area);
            assertEquals("a", memory.text(memory.getInt(area + 8), memory.getInt(area + 12)));
            assertEquals(6, memory.getLong(area + 16));
            assertEquals(0, memory.getByte(area + 32));

            call(
                    codec("files", "entries"),
                    rig.read,
                    "entries",
                    memory.text("maps"),
                    4,
                    0,
                    0,
                    area);
            assertEquals(1, memory.getInt(area + 8));
            int first = memory.getInt(area + 4);
            assertEquals("d", memory.text(memory.getInt(first), memory.getInt(first + 4)));
            assertEquals(1, memory.getByte(first + 24));

            call(codec("file-changes", "remove"), rig.write, "remove", path, 8, area);
            assertEquals(0, memory.getByte(area));
            assertEquals(List.of(), rig.entries("maps/d", ""));
        }
    }
}
