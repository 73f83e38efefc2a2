package io.trinity.engine.admit;

/** The code section: locals, labels, branch tables and features, function by function. */
final class CodeScan {
    private final Types types;
    private final int[] functionTypes;
    private final int[] importedTypes;

    private long locals;
    private long instructions;
    private long targets;
    private long slotsTimesLabels;

    /**
     * @param functionTypes of the functions that the module defines
     * @param importedTypes of the functions that it imports; they have the first indices
     */
    CodeScan(Types types, int[] functionTypes, int[] importedTypes) {
        this.types = types;
        this.functionTypes = functionTypes;
        this.importedTypes = importedTypes;
    }

    void scan(Cursor in) {
        ModuleScan.atMost("bytes of code", in.left(), Limits.CODE_BYTES);
        long count = in.u32();
        if (count != functionTypes.length) {
            throw Refused.malformed("function and code section have inconsistent lengths", in.at());
        }
        for (int i = 0; i < functionTypes.length; i++) {
            scanFunction(i, in.part(in.u32()));
        }
    }

    /** Of a function by its index; of one that there is not, -1. */
    private int type(long function) {
        if (function < importedTypes.length) {
            return importedTypes[(int) function];
        }
        long own = function - importedTypes.length;
        return own < functionTypes.length ? functionTypes[(int) own] : -1;
    }

    private void scanFunction(int index, Cursor in) {
        String where = "function " + (importedTypes.length + index);
        long slots = types.parameterSlots(functionTypes[index]);
        int groups = in.count("groups of locals in " + where, Limits.SLOTS);
        for (int i = 0; i < groups; i++) {
            long n = in.u32();
            slots += n * ValueTypes.slots(in, where);
            locals += n;
        }
        ModuleScan.atMost("slots of parameters and locals of " + where, slots, Limits.SLOTS);
        ModuleScan.atMost("locals, up to " + where, locals, Limits.LOCALS);
        Instructions body = new Instructions(in, where, types, this::type);
        body.walk();
        if (!in.atEnd()) {
            throw Refused.malformed(where + " ends early", in.at());
        }
        instructions += body.instructions();
        targets += body.branchTableTargets();
        long mapped = slots * body.labels() + body.mappedOperands();
        slotsTimesLabels += mapped;
        ModuleScan.atMost(
                "locals and operands times labels of " + where,
                mapped,
                Limits.SLOTS_TIMES_LABELS_OF_FUNCTION);
        ModuleScan.atMost("instructions, up to " + where, instructions, Limits.INSTRUCTIONS);
        ModuleScan.atMost("branch targets, up to " + where, targets, Limits.BRANCH_TABLE_TARGETS);
        ModuleScan.atMost(
                "locals and operands times labels, up to " + where,
                slotsTimesLabels,
                Limits.SLOTS_TIMES_LABELS);
    }
}
