package io.trinity.engine.verify;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.engine.verify.Strip.Kind;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Ways to spoil where rounds are counted, and what the verifier says to it. */
final class Spoil {
    static final String NO_DEBT = "pays for rounds that were not counted";
    static final String TWO_WAYS = "comes to one place with and without rounds to pay for";
    static final String UNSETTLED = "returns before rounds are paid for";
    static final String TOUCHED = "touches the variable that counts rounds";
    static final String ANEW = "counts rounds anew before they are paid for";
    static final String UNPAID = "has a path that is not paid for";
    static final String BACK = "jumps back without paying";
    static final String FIELD = "touches field fuel";

    private Spoil() {}

    /**
     * @param message pattern of what the refusal says
     */
    static void refused(String message, String function, Consumer<MethodNode> spoil) {
        SortedMap<String, byte[]> classes = Mined.spoilt(function, spoil);
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> ClassVerifier.verify(classes));
        String text = String.valueOf(e.getMessage());
        assertTrue(Pattern.compile(message).matcher(text).find(), text);
    }

    static AbstractInsnNode at(MethodNode m, int i) {
        return Mined.real(m)[i];
    }

    static AbstractInsnNode first(MethodNode m, Kind kind, int n) {
        return at(m, Mined.strip(m, kind, n).first());
    }

    static void remove(MethodNode m, Kind kind, int n) {
        Strip s = Mined.strip(m, kind, n);
        AbstractInsnNode[] code = Mined.real(m);
        for (int i = s.first(); i <= s.last(); i++) {
            m.instructions.remove(code[i]);
        }
    }

    /** Puts another constant at a distance from the strip's beginning. */
    static Consumer<MethodNode> constant(String function, Kind kind, int n, int offset, int value) {
        int at = strip(function, kind, n).first() + offset;
        return m -> {
            assertTrue(Counting.constant(at(m, at)) > 0, "no constant at " + at);
            m.instructions.set(at(m, at), new LdcInsnNode(value));
        };
    }

    /** Of the sound function. */
    static Strip strip(String function, Kind kind, int n) {
        return Mined.strip(Mined.method(Mined.group(), function), kind, n);
    }

    /** Into the first round, where its counting is done. */
    static void insertAfterHead(MethodNode m, List<AbstractInsnNode> code) {
        InsnList list = new InsnList();
        code.forEach(list::add);
        m.instructions.insertBefore(at(m, head(m) + 1), list);
    }

    /** Index of the first instruction of the guest's own in the first loop that is counted. */
    static int head(MethodNode m) {
        int behind = 0;
        for (Strip s : Mined.strips(m)) {
            if (behind == 0 || (s.kind() == Kind.TOLD && s.first() == behind)) {
                behind = s.last() + 1;
            }
        }
        return behind;
    }
}
