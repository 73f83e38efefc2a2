;; A loop that yields a value, deep within an expression, with operands already on the stack.
;; expected: LIMIT_CPU at call
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.add (i32.const 1) (i32.mul (i32.const 2) (i32.sub (i32.const 3)
      (loop $again (result i32)
        (br_if $again (i32.ne (i32.load (i32.const 64)) (i32.const 1)))
        (i32.const 5)))))))
