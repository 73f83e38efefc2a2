;; Bundles one vector with itself a hundred thousand times, for ever: a thousand million steps in each call.
;; expected: LIMIT_CPU at call
;; manifest: "capabilities": ["vsa_ops"]
(module
  (import "trinity:plugin/vsa@0.1.0" "random" (func $random (param i64) (result i32)))
  (import "trinity:plugin/vsa@0.1.0" "bundle" (func $bundle (param i32 i32) (result i32)))
  (memory (export "memory") 20)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (local $v i32) (local $at i32)
    (local.set $v (call $random (i64.const 9)))
    (local.set $at (i32.const 65536))
    (loop $part
      (i32.store (local.get $at) (local.get $v))
      (i32.store offset=4 (local.get $at) (i32.const 1))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $part (i32.lt_u (local.get $at) (i32.const 865536))))
    (loop $again
      (drop (call $bundle (i32.const 65536) (i32.const 100000)))
      (br $again))
    (i32.const 16)))
