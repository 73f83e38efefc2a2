;; Asks for sizes that are negative or overflow when they are added or multiplied. All are refused to it: else it traps.
;; expected: SERVES at call
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func $refused (param i32)
    (if (i32.ne (memory.grow (local.get 0)) (i32.const -1)) (then unreachable)))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (call $refused (i32.const 0xffffffff))
    (call $refused (i32.const 0x80000000))
    (call $refused (i32.const 0x7fffffff))
    (call $refused (i32.const 0x10000))
    (call $refused (i32.const 0xffff))
    (call $refused (i32.const 32768))
    (i32.const 16)))
