;; Makes a new series of metrics with every call, for ever.
;; expected: LIMIT_HOST_CALLS or LIMIT_CPU at call
;; manifest: "capabilities": ["metrics"]
(module
  (import "trinity:plugin/metrics@0.1.0" "add" (func $add (param i32 i32 f64 i32 i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (data (i32.const 64) "aaaaaaaa")
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (local $i i32)
    (loop $again
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (i32.store8 (i32.const 64) (i32.add (i32.const 97) (i32.rem_u (local.get $i) (i32.const 26))))
      (i32.store8 (i32.const 65) (i32.add (i32.const 97) (i32.rem_u (i32.div_u (local.get $i) (i32.const 26)) (i32.const 26))))
      (i32.store8 (i32.const 66) (i32.add (i32.const 97) (i32.rem_u (i32.div_u (local.get $i) (i32.const 676)) (i32.const 26))))
      (call $add (i32.const 64) (i32.const 8) (f64.const 1) (i32.const 0) (i32.const 0))
      (br $again))
    (i32.const 16)))
