package io.trinity.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.FunctionSignature.ValueType;
import io.trinity.api.engine.GuestCode;
import io.trinity.engine.Side.Host;
import io.trinity.engine.Side.Trapped;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * One module run by Chicory and by us: whatever is asked is asked of both, and the answers are the
 * same ones.
 */
final class SideBySide {
    /** Less than what a run takes that is endless to the interpreter. */
    private static final long UNITS = 20_000;

    private final Map<String, FunctionSignature> exports;
    private final List<String> plainCalls = new ArrayList<>();
    private final List<String> meteredCalls = new ArrayList<>();
    private final PlainSide plain;
    private final MeteredSide metered;

    /**
     * @param host made for each side, since it may keep something
     */
    SideBySide(PlainSide.Code plainCode, GuestCode meteredCode, Supplier<Host> host) {
        exports = meteredCode.exports();
        plain = new PlainSide(plainCode, logged(host.get(), plainCalls));
        metered = new MeteredSide(meteredCode, logged(host.get(), meteredCalls));
    }

    private static Host logged(Host host, List<String> log) {
        return (name, side, arguments) -> {
            log.add(name + Arrays.toString(arguments));
            return host.call(name, side, arguments);
        };
    }

    /** The result, with an i32 or f32 in the low 32 bits of a sign-extended long. */
    long call(String function, long... arguments) {
        return attempt(function, arguments)
                .orElseThrow(() -> new AssertionError(function + " traps on both sides"));
    }

    /**
     * The result, or none where it traps.
     *
     * @throws PlainSide.Endless where the other side runs out of a little fuel; then neither is
     *     called again
     */
    OptionalLong attempt(String function, long... arguments) {
        OptionalLong expected;
        try {
            expected = attempt(plain, function, arguments);
        } catch (PlainSide.Endless e) {
            assertTrue(metered.runsOutOf(UNITS, function, arguments), () -> function + " ends");
            throw e;
        }
        OptionalLong actual = attempt(metered, function, arguments);
        assertEquals(expected, actual, () -> function + Arrays.toString(arguments));
        return actual;
    }

    private OptionalLong attempt(Side side, String function, long... arguments) {
        try {
            long result = side.call(function, arguments);
            FunctionSignature signature = exports.get(function);
            ValueType type =
                    signature.results().isEmpty() ? ValueType.I64 : signature.results().get(0);
            boolean wide = type == ValueType.I64 || type == ValueType.F64;
            return OptionalLong.of(
                    signature.results().isEmpty() ? 0 : wide ? result : (int) result);
        } catch (Trapped e) {
            return OptionalLong.empty();
        }
    }

    void write(int address, byte[] bytes) {
        plain.write(address, bytes);
        metered.write(address, bytes);
    }

    byte[] read(int address, int length) {
        return metered.read(address, length);
    }

    int readInt(int address) {
        return ByteBuffer.wrap(read(address, 4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    /** Text up to a zero byte. */
    String text(long address) {
        int end = (int) address;
        while (metered.read(end, 1)[0] != 0) {
            end++;
        }
        return new String(read((int) address, end - (int) address), StandardCharsets.UTF_8);
    }

    /** What was called of the host up to now, with arguments. */
    List<String> hostCalls() {
        return meteredCalls;
    }

    long fuel() {
        return metered.fuel();
    }

    /** Memory byte for byte, globals, and what was called of the host. */
    void agree(String where) {
        assertEquals(plain.memoryBytes(), metered.memoryBytes(), where);
        int size = plain.memoryBytes();
        int differs = Arrays.mismatch(plain.read(0, size), metered.read(0, size));
        assertEquals(-1, differs, () -> where + ": memory differs at this address");
        assertEquals(plain.globals(), metered.globals(), where);
        assertEquals(plainCalls, meteredCalls, where);
    }
}
