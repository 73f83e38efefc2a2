package io.trinity.engine.verify;

import com.dylibso.chicory.wabt.Wat2Wasm;
import io.trinity.api.engine.CompiledModule;
import io.trinity.api.plugin.PluginRef;
import io.trinity.engine.TestEngine;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** A compiled module whose loops are counted in each of the ways, to be spoilt. */
final class Mined {
    static final String GROUP = "io.trinity.guest.code.ModuleFuncGroup_0";
    static final PluginRef WHO = PluginRef.named("probe");

    /** Every function is {@code (i32) -> i32}, and its memory is in slot 1. */
    static final List<String> FUNCTIONS =
            List.of("strip", "prepaid", "single", "beside", "nested", "ticked", "apart");

    static final int MEMORY_SLOT = 1;

    static final CompiledModule MODULE =
            TestEngine.ENGINE.compile(
                    WHO,
                    Wat2Wasm.parse(
                            """
                            (module (memory 1)
                              (func (export "strip") (param $n i32) (result i32) (local $s i32)
                                (block $out
                                  (loop $l
                                    (local.set $s (i32.add (local.get $s) (i32.xor (local.get $n) (i32.const 7))))
                                    (br_if $out (i32.eqz (i32.sub (local.get $s) (i32.const 1000))))
                                    (if (i32.eqz (i32.sub (local.get $s) (i32.const 77)))
                                      (then (return (i32.const 5))))
                                    (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
                                (local.get $s))
                              (func (export "prepaid") (param $n i32) (result i32) (local $i i32) (local $s i32)
                                (loop $l
                                  (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 3)) (local.get $i)))
                                  (br_if $l (i32.ne (local.get $n)
                                    (local.tee $i (i32.add (local.get $i) (i32.const 1))))))
                                (local.get $s))
                              (func (export "single") (param $n i32) (result i32) (local $s i32)
                                (local.set $n (i32.sub (i32.const 2147483647) (local.get $n)))
                                (loop $l
                                  (local.set $s (i32.xor (local.get $s) (local.get $n)))
                                  (br_if $l (i32.lt_s
                                    (local.tee $n (i32.add (local.get $n) (i32.const 1)))
                                    (i32.const 2147483647))))
                                (local.get $s))
                              (func (export "beside") (param $n i32) (result i32) (local $s i32) (local $m i32)
                                (local.set $m (local.get $n))
                                (loop $l
                                  (local.set $s (i32.add (local.get $s) (local.get $n)))
                                  (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                                (local.set $s (i32.xor (local.get $s) (i32.const 3)))
                                (loop $k
                                  (local.set $s (i32.mul (i32.xor (local.get $s) (i32.const 13)) (local.get $m)))
                                  (i32.store (i32.const 8) (local.get $s))
                                  (br_if $k (local.tee $m (i32.sub (local.get $m) (i32.const 1)))))
                                (local.get $s))
                              (func (export "nested") (param $n i32) (result i32)
                                (local $s i32) (local $i i32) (local $j i32)
                                (loop $o
                                  (local.set $i (i32.const 0))
                                  (loop $p
                                    (local.set $s (i32.add (local.get $s) (local.get $i)))
                                    (br_if $p (i32.lt_u
                                      (local.tee $i (i32.add (local.get $i) (i32.const 2))) (local.get $n))))
                                  (local.set $j (local.get $n))
                                  (loop $q
                                    (local.set $s (i32.xor (local.get $s) (local.get $j)))
                                    (br_if $q (local.tee $j (i32.shr_u (local.get $j) (i32.const 1)))))
                                  (br_if $o (local.tee $n (i32.shr_u (local.get $n) (i32.const 1)))))
                                (local.get $s))
                              (func $leaf (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
                              (func (export "ticked") (param $n i32) (result i32) (local $s i32)
                                (loop $l
                                  (local.set $s (i32.add (local.get $s) (call $leaf (local.get $n))))
                                  (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                                (local.get $s))
                              (func (export "apart") (param $n i32) (result i32) (local $i i32) (local $s i32)
                                (loop $l
                                  (local.set $i (i32.add (local.get $i) (i32.const 4)))
                                  (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 3)) (local.get $i)))
                                  (br_if $l (i32.gt_s (local.get $n) (local.get $i))))
                                (local.get $s)))
                            """));

    private Mined() {}

    /** The JVM method of a function of {@link #FUNCTIONS}. */
    static String method(String function) {
        int index = FUNCTIONS.indexOf(function);
        int leaf = 5;
        return "func_" + (index < leaf ? index : index + 1);
    }

    static ClassNode group() {
        ClassNode node = new ClassNode();
        new ClassReader(MODULE.classes().get(GROUP)).accept(node, ClassReader.SKIP_FRAMES);
        return node;
    }

    static MethodNode method(ClassNode group, String function) {
        return group.methods.stream()
                .filter(m -> m.name.equals(method(function)))
                .findFirst()
                .orElseThrow();
    }

    /** All classes, with one function spoilt. */
    static SortedMap<String, byte[]> spoilt(String function, Consumer<MethodNode> spoil) {
        ClassNode node = group();
        spoil.accept(method(node, function));
        return with(node);
    }

    /** All classes, with this one in the group's place. */
    static SortedMap<String, byte[]> with(ClassNode group) {
        return with(MODULE.classes(), group);
    }

    static SortedMap<String, byte[]> with(SortedMap<String, byte[]> sound, ClassNode group) {
        ClassWriter writer =
                new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
                    @Override
                    protected String getCommonSuperClass(String a, String b) {
                        return "java/lang/Object";
                    }
                };
        group.accept(writer);
        SortedMap<String, byte[]> classes = new TreeMap<>(sound);
        classes.put(GROUP, writer.toByteArray());
        return classes;
    }

    static AbstractInsnNode[] real(MethodNode m) {
        return Arrays.stream(m.instructions.toArray())
                .filter(i -> i.getOpcode() >= 0)
                .toArray(AbstractInsnNode[]::new);
    }

    /** The strips of a method, SETs too, in the order of their places. */
    static List<Strip> strips(MethodNode m) {
        AbstractInsnNode[] code = real(m);
        Flow flow = new Flow(m.name, m.instructions, code);
        Strips all = new Strips(code, flow, MEMORY_SLOT);
        return java.util.stream.IntStream.range(0, code.length)
                .filter(i -> all.of(i) != null && all.of(i).first() == i)
                .mapToObj(all::of)
                .toList();
    }

    /** The n-th strip of a kind. */
    static Strip strip(MethodNode m, Strip.Kind kind, int n) {
        return strips(m).stream().filter(s -> s.kind() == kind).toList().get(n);
    }
}
