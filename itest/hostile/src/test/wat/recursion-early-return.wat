;; Leaves deep frames through return and br out of blocks, for ever: every way out gives its frame back.
;; expected: LIMIT_CPU at call
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func $down (param i32) (result i32)
    (block $out
      (br_if $out (i32.eqz (local.get 0)))
      (if (i32.and (local.get 0) (i32.const 1))
        (then (return (call $down (i32.sub (local.get 0) (i32.const 1))))))
      (block $a (block $b (br_table $a $b $out (i32.and (local.get 0) (i32.const 2)))))
      (return (call $down (i32.sub (local.get 0) (i32.const 1)))))
    (i32.const 7))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (loop $again (drop (call $down (i32.const 60))) (br $again))
    (i32.const 16)))
