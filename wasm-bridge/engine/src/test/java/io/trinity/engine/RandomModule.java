package io.trinity.engine;

import io.trinity.api.engine.FunctionSignature.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random valid module as text: every function is exported as {@code f0}, {@code f1}… and calls
 * only those before it, so that calls end. Loops have few rounds.
 */
final class RandomModule {
    static final int FUNCTIONS = 6;

    /** Functions in the table, which call nobody. */
    private static final int LEAVES = 2;

    private static final int LOCALS_OF_A_TYPE = 2;
    private static final int COUNTERS = 3;

    /** A function's type. */
    record Signature(List<ValueType> parameters, ValueType result) {
        String wat() {
            StringBuilder wat = new StringBuilder();
            for (ValueType p : parameters) {
                wat.append(" (param ").append(RandomCode.name(p)).append(')');
            }
            return wat + " (result " + RandomCode.name(result) + ")";
        }
    }

    private final Random random;
    private final List<Signature> signatures = new ArrayList<>();

    RandomModule(Random random) {
        this.random = random;
        for (int i = 0; i < FUNCTIONS; i++) {
            List<ValueType> parameters = new ArrayList<>();
            for (int p = random.nextInt(4); p > 0; p--) {
                parameters.add(RandomCode.type(random));
            }
            signatures.add(new Signature(parameters, RandomCode.type(random)));
        }
    }

    Signature signature(int function) {
        return signatures.get(function);
    }

    String wat() {
        StringBuilder wat = new StringBuilder("(memory (export \"memory\") 1 3)\n");
        for (ValueType type : RandomCode.TYPES) {
            for (int i = 0; i < LOCALS_OF_A_TYPE; i++) {
                wat.append(
                        "(global $g%s%d (mut %s) %s)\n"
                                .formatted(
                                        RandomCode.name(type),
                                        i,
                                        RandomCode.name(type),
                                        RandomCode.constant(random, type)));
            }
        }
        wat.append("(data (i32.const %d) \"%s\")\n".formatted(random.nextInt(99), data()));
        wat.append("(data $passive \"%s\")\n".formatted(data()));
        wat.append("(table 6 funcref) (elem (i32.const 1) $f0 $f1 $f0)\n");
        for (int i = 0; i < LEAVES; i++) {
            wat.append("(type $t%d (func%s))\n".formatted(i, signatures.get(i).wat()));
        }
        // What WebAssembly leaves open: the bits of a NaN that arithmetic makes.
        wat.append(
                """
                (func $nan32 (param f32) (result f32) (select (local.get 0) (f32.const nan)
                  (f32.eq (local.get 0) (local.get 0))))
                (func $nan64 (param f64) (result f64) (select (local.get 0) (f64.const nan)
                  (f64.eq (local.get 0) (local.get 0))))
                """);
        for (int i = 0; i < FUNCTIONS; i++) {
            function(wat, i);
        }
        return wat.toString();
    }

    private String data() {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            bytes.append("\\%02x".formatted(random.nextInt(256)));
        }
        return bytes.toString();
    }

    private void function(StringBuilder wat, int index) {
        Signature signature = signatures.get(index);
        wat.append("(func $f%d (export \"f%d\")".formatted(index, index));
        List<RandomCode.Variable> variables = new ArrayList<>();
        for (int p = 0; p < signature.parameters().size(); p++) {
            ValueType type = signature.parameters().get(p);
            wat.append(" (param $p%d %s)".formatted(p, RandomCode.name(type)));
            variables.add(new RandomCode.Variable("local", "$p" + p, type));
        }
        wat.append(" (result ").append(RandomCode.name(signature.result())).append(")\n");
        for (ValueType type : RandomCode.TYPES) {
            for (int i = 0; i < LOCALS_OF_A_TYPE; i++) {
                String name = "$%s%d".formatted(RandomCode.name(type), i);
                wat.append(" (local %s %s)".formatted(name, RandomCode.name(type)));
                variables.add(new RandomCode.Variable("local", name, type));
                variables.add(new RandomCode.Variable("global", "$g" + name.substring(1), type));
            }
        }
        for (int i = 0; i < COUNTERS; i++) {
            wat.append(" (local $count%d i32)".formatted(i));
        }
        List<Signature> callable = index < LEAVES ? List.of() : signatures.subList(0, index);
        RandomCode code = new RandomCode(random, variables, callable, LEAVES);
        wat.append('\n');
        for (int i = 2 + random.nextInt(5); i > 0; i--) {
            wat.append(code.statement(2)).append('\n');
        }
        wat.append(code.value(signature.result(), 3)).append(")\n");
    }
}
