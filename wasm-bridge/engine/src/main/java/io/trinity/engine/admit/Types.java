package io.trinity.engine.admit;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** The type section, as far as limits depend on it. */
final class Types {
    static final Types NONE = new Types(0);

    private final int[] parameterSlots;
    private final int[] parameters;
    private final int[] results;

    /** Types that are written alike have the same group. */
    private final int[] group;

    private final int[] typesInGroup;
    private final long[] functionsInGroup;

    private Types(int count) {
        parameterSlots = new int[count];
        parameters = new int[count];
        results = new int[count];
        group = new int[count];
        typesInGroup = new int[count];
        functionsInGroup = new long[count];
    }

    static Types read(Cursor in, byte[] module) {
        int count = in.count("types", Limits.TYPES);
        Types types = new Types(count);
        Map<ByteBuffer, Integer> groups = new HashMap<>();
        for (int i = 0; i < count; i++) {
            int from = in.at();
            types.readFunctionType(in, i);
            ByteBuffer written = ByteBuffer.wrap(module, from, in.at() - from).slice();
            types.group[i] = groups.computeIfAbsent(written, w -> groups.size());
            types.typesInGroup[types.group[i]]++;
        }
        ModuleScan.atMost(
                "parameters and results of all types",
                types.parametersAndResults(),
                Limits.PARAMETERS_IN_ALL);
        return types;
    }

    private void readFunctionType(Cursor in, int index) {
        String where = "type " + index;
        int form = in.u8();
        switch (form) {
            case 0x60 -> {}
            case 0x5F, 0x5E, 0x50, 0x4F, 0x4E -> throw Refused.feature("GC", where);
            default -> throw Refused.malformed("unknown form of type", in.at());
        }
        int count = in.count("parameters of " + where, Limits.PARAMETERS);
        int slots = 0;
        for (int i = 0; i < count; i++) {
            slots += ValueTypes.slots(in, where);
        }
        ModuleScan.atMost("slots of parameters of " + where, slots, Limits.PARAMETER_SLOTS);
        int many = in.count("results of " + where, Limits.RESULTS);
        boolean references = false;
        int resultSlots = 0;
        for (int i = 0; i < many; i++) {
            int type = ValueTypes.read(in, where);
            references |= ValueTypes.isReference(type);
            resultSlots += ValueTypes.slotsOf(type);
        }
        ModuleScan.atMost("slots of results of " + where, resultSlots, Limits.RESULT_SLOTS);
        if (references && many > 1) {
            throw Refused.feature("references among several results", where);
        }
        parameterSlots[index] = slots;
        parameters[index] = count;
        results[index] = many;
    }

    int parameters(int type) {
        return parameters[type];
    }

    int results(int type) {
        return results[type];
    }

    int size() {
        return group.length;
    }

    /** Parameters and results of all types together. */
    long parametersAndResults() {
        long sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += parameters[i] + results[i];
        }
        return sum;
    }

    int parameterSlots(int type) {
        return parameterSlots[type];
    }

    void countFunction(int type) {
        functionsInGroup[group[type]]++;
    }

    void checkMatches(long functions) {
        long matches = 0;
        for (int g = 0; g < typesInGroup.length; g++) {
            matches += typesInGroup[g] * functionsInGroup[g];
        }
        ModuleScan.atMost("functions that match types", matches, Limits.TYPE_MATCHES);
        ModuleScan.atMost(
                "types times functions", size() * functions, Limits.TYPES_TIMES_FUNCTIONS);
    }
}
