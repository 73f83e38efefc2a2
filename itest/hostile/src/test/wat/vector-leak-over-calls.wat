;; Takes a thousand vectors in each call and keeps them: the guest has them until it has no room, then it is thrown away.
;; expected: SERVES or LIMIT_CPU or LIMIT_MEMORY at call
;; manifest: "capabilities": ["vsa_ops"]
(module
  (import "trinity:plugin/vsa@0.1.0" "random" (func $random (param i64) (result i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (local $i i32)
    (local.set $i (i32.const 1000))
    (loop $again
      (drop (call $random (i64.const 5)))
      (local.set $i (i32.sub (local.get $i) (i32.const 1)))
      (br_if $again (local.get $i)))
    (i32.const 16)))
