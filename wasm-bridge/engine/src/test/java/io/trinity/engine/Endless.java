package io.trinity.engine;

import java.util.Locale;

/** Functions {@code f} that never end, one for each way of jumping back. */
enum Endless {
    BR("(func (export \"f\") (loop $l (br $l)))"),
    BR_IF("(func (export \"f\") (loop $l (br_if $l (i32.const 1))))"),
    BR_IF_ON_A_COUNTER(
            """
            (func (export "f") (local $i i32)
              (loop $l (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (br_if $l (i32.or (local.get $i) (i32.const 1)))))
            """),
    BR_TABLE("(func (export \"f\") (loop $l (br_table $l $l (i32.const 0))))"),
    BR_TABLE_BY_DEFAULT(
            "(func (export \"f\") (block $b (loop $l (br_table $b $b $l (i32.const 9)))))"),
    IF("(func (export \"f\") (loop $l (if (i32.const 1) (then (br $l)) (else (nop)))))"),
    NESTED_BLOCKS("(func (export \"f\") (loop $l (block (block (block (br $l))))))"),
    VALUES_ON_THE_STACK(
            """
            (func (export "f") (drop (i64.add (i64.const 7)
              (loop $l (result i64) (drop (br_if $l (i64.const 1) (i32.const 1))) (i64.const 2)
                (br $l)))))
            """),
    LOOP_WITH_PARAMETERS(
            """
            (type $t (func (param i32 i64) (result i32)))
            (func (export "f") (result i32)
              (i32.const 1) (i64.const 2) (loop $l (type $t) (br $l)))
            """),
    NESTED_LOOPS(
            """
            (func (export "f") (local $i i32)
              (loop $o (local.set $i (i32.const 100))
                (loop $i (br_if $i (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
                (br $o)))
            """),
    INNER_LOOP_THAT_NEVER_LOOPS(
            "(func (export \"f\") (loop $o (loop $i "
                    + "(drop (i32.const 1))".repeat(500)
                    + ") (br $o)))"),
    LONG_BODY(
            "(memory 1) (func (export \"f\") (loop $l "
                    + "(i32.store (i32.const 0) (i32.load (i32.const 4)))".repeat(1_500)
                    + "(br $l)))"),
    MUTUAL_CALLS(
            """
            (func $a (export "f") (call $b (i32.const 300)))
            (func $b (param i32) (if (local.get 0) (then
              (call $c (i32.sub (local.get 0) (i32.const 1)))
              (call $c (i32.sub (local.get 0) (i32.const 1))))))
            (func $c (param i32) (if (local.get 0) (then
              (call $b (i32.sub (local.get 0) (i32.const 1)))
              (call $b (i32.sub (local.get 0) (i32.const 1))))))
            """),
    INDIRECT_CALLS(
            """
            (table funcref (elem $b $b)) (type $t (func (param i32)))
            (func (export "f") (call_indirect (type $t) (i32.const 200) (i32.const 0)))
            (func $b (param i32) (if (local.get 0) (then
              (call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0))
              (call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 1)))))
            """),
    BULK_MEMORY(
            """
            (memory 16) (func (export "f") (loop $l
              (memory.fill (i32.const 0) (i32.const 1) (i32.const 1048576))
              (memory.copy (i32.const 0) (i32.const 7) (i32.const 1048000)) (br $l)))
            """),
    BULK_TABLE(
            """
            (table $t 100000 funcref) (func (export "f") (loop $l
              (table.fill $t (i32.const 0) (ref.null func) (i32.const 100000))
              (table.copy $t $t (i32.const 0) (i32.const 7) (i32.const 90000)) (br $l)))
            """),
    GROWING_BY_NOTHING(
            "(memory 1) (func (export \"f\") (loop $l (drop (memory.grow (i32.const 0))) (br"
                    + " $l)))"),
    GROWING_BEYOND_THE_LIMIT(
            "(memory 1) (func (export \"f\") (loop $l (drop (memory.grow (i32.const 999))) (br"
                    + " $l)))");

    final String fields;

    Endless(String fields) {
        this.fields = fields;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
