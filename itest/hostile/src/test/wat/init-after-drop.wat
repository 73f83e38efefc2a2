;; memory.init from a segment that was dropped. In the next call's fresh guest it is there again, and dropped again.
;; expected: GUEST_TRAP at call
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (data $d "abc")
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (memory.init $d (i32.const 1000) (i32.const 0) (i32.const 3))
    (if (i32.ne (i32.load8_u (i32.const 1002)) (i32.const 99)) (then (loop $wrong (br $wrong))))
    (data.drop $d)
    (memory.init $d (i32.const 1000) (i32.const 0) (i32.const 1))
    (i32.const 16)))
