package io.trinity.engine.admit;

import java.util.Arrays;

/**
 * How many operands are on the stack, instruction by instruction. The JVM keeps a map of locals and
 * operands at each label; so operands times labels are bounded, as locals times labels are. Exact
 * for a valid body; another one is refused by the parser.
 */
final class Operands {
    private final Types types;
    private int[] entries = new int[16];
    private int[] blocks = new int[16];
    private int depth;
    private long height;
    private long mapped;

    Operands(Types types) {
        this.types = types;
    }

    /** Sum over labels of the operands there. */
    long mapped() {
        return mapped;
    }

    /** Above those of the enclosing block none can be taken away. */
    void change(int by) {
        long floor = depth == 0 ? 0 : entries[depth - 1];
        height = Math.max(floor, height + by);
    }

    void label() {
        mapped += height;
    }

    /**
     * A block begins.
     *
     * @param type -1 for {@code () -> ()}, -2 for one result, else an index
     */
    void enter(int type) {
        change(-parameters(type));
        if (depth == entries.length) {
            entries = Arrays.copyOf(entries, depth * 2);
            blocks = Arrays.copyOf(blocks, depth * 2);
        }
        entries[depth] = (int) height;
        blocks[depth++] = type;
        height += parameters(type);
        label();
    }

    void orElse() {
        if (depth > 0) {
            height = entries[depth - 1] + parameters(blocks[depth - 1]);
            label();
        }
    }

    void leave() {
        depth--;
        height = entries[depth] + results(blocks[depth]);
        label();
    }

    void call(int type) {
        change(types.results(type) - types.parameters(type));
    }

    private int parameters(int type) {
        return type < 0 ? 0 : types.parameters(type);
    }

    private int results(int type) {
        return type < 0 ? -type - 1 : types.results(type);
    }
}
