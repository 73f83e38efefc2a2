;; A quarter of a million chunks with nothing in them: the objects of the host are what counts.
;; expected: GUEST_ABI at call
(module
  (memory (export "memory") 250)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (data (i32.const 16) "\00\00\00\00\00\00\00\00\a0\86\01\00")
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.store (i32.const 16) (i32.const 0))
    (i32.store (i32.const 20) (i32.const 0x10000))
    (i32.store (i32.const 24) (i32.const 250000))
    (i32.const 16)))
