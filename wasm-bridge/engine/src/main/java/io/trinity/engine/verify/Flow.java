package io.trinity.engine.verify;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/** Where each real instruction of a method may lead to. */
final class Flow {
    private final int[][] targets;
    private final boolean[] continues;

    /** Jumps that lead to each instruction. */
    private final int[] ways;

    Flow(String where, InsnList all, AbstractInsnNode[] code) {
        IdentityHashMap<AbstractInsnNode, Integer> index = new IdentityHashMap<>();
        int real = 0;
        for (AbstractInsnNode i = all.getFirst(); i != null; i = i.getNext()) {
            index.put(i, real);
            real += i.getOpcode() >= 0 ? 1 : 0;
        }
        targets = new int[code.length][];
        continues = new boolean[code.length];
        ways = new int[code.length];
        for (int i = 0; i < code.length; i++) {
            List<LabelNode> labels = labels(code[i]);
            targets[i] = labels.stream().mapToInt(index::get).distinct().toArray();
            for (int target : targets[i]) {
                if (target == code.length) {
                    throw ClassVerifier.fail(where, "jumps out of its code");
                }
                ways[target]++;
            }
            continues[i] = continues(code[i].getOpcode());
        }
    }

    private static List<LabelNode> labels(AbstractInsnNode i) {
        List<LabelNode> labels = new ArrayList<>();
        if (i instanceof JumpInsnNode j) {
            labels.add(j.label);
        } else if (i instanceof TableSwitchInsnNode s) {
            labels.addAll(s.labels);
            labels.add(s.dflt);
        } else if (i instanceof LookupSwitchInsnNode s) {
            labels.addAll(s.labels);
            labels.add(s.dflt);
        }
        return labels;
    }

    private static boolean continues(int opcode) {
        return switch (opcode) {
            case Opcodes.GOTO,
                    Opcodes.TABLESWITCH,
                    Opcodes.LOOKUPSWITCH,
                    Opcodes.ATHROW,
                    Opcodes.IRETURN,
                    Opcodes.LRETURN,
                    Opcodes.FRETURN,
                    Opcodes.DRETURN,
                    Opcodes.ARETURN,
                    Opcodes.RETURN ->
                    false;
            default -> true;
        };
    }

    boolean jumps(int i) {
        return targets[i].length > 0;
    }

    int[] targets(int i) {
        return targets[i];
    }

    boolean continues(int i, int length) {
        return continues[i] && i + 1 < length;
    }

    boolean jumpsBack(int i) {
        for (int target : targets[i]) {
            if (target <= i) {
                return true;
            }
        }
        return false;
    }

    int ways(int i) {
        return ways[i];
    }

    boolean isTarget(int i) {
        return ways[i] > 0;
    }

    boolean isTargetOfBackJump(int first, int last) {
        for (int i = last + 1; i < targets.length; i++) {
            for (int target : targets[i]) {
                if (target >= first && target <= last) {
                    return true;
                }
            }
        }
        return false;
    }
}
