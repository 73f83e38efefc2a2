package io.trinity.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Methods by name, out of what the module registers with embind when it begins. */
final class Yoga {
    private static final String METHOD = "a";
    private static final String STATIC_METHOD = "d";

    private final SideBySide both;
    private final Map<String, long[]> methods = new HashMap<>();

    Yoga(SideBySide both) {
        this.both = both;
        both.call("F");
        for (String call : both.hostCalls()) {
            String name = call.substring(0, call.indexOf('['));
            if (name.equals(METHOD) || name.equals(STATIC_METHOD)) {
                long[] a =
                        Arrays.stream(call.substring(2, call.length() - 1).split(", "))
                                .mapToLong(Long::parseLong)
                                .toArray();
                // Invoker, and what it is to invoke.
                methods.put(both.text(a[1]), new long[] {a[5], a[6]});
            }
        }
    }

    /** A double as an argument. */
    static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    long call(String name, long... arguments) {
        long[] method = methods.get(name);
        long[] all = new long[arguments.length + 1];
        all[0] = method[1];
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return both.call("table:" + method[0], all);
    }

    List<Double> of(long node) {
        int at = (int) call("getComputedLayout", node);
        ByteBuffer numbers = ByteBuffer.wrap(both.read(at, 48)).order(ByteOrder.LITTLE_ENDIAN);
        List<Double> all = new ArrayList<>();
        while (numbers.hasRemaining()) {
            all.add(numbers.getDouble());
        }
        return all;
    }
}
