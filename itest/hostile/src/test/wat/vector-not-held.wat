;; Uses a vector that it does not hold.
;; expected: GUEST_TRAP at call
;; manifest: "capabilities": ["vsa_ops"]
(module
  (import "trinity:plugin/vsa@0.1.0" "read" (func $read (param i32 i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (call $read (i32.const 0x7fffffff) (i32.const 128))
    (i32.const 16)))
