;; Waits for a chunk that never comes, as long as it may.
;; expected: LIMIT_TIME at call
;; manifest: "capabilities": ["stream_io"]
;; limits: wallMillis=200
(module
  (import "trinity:plugin/streams@0.1.0" "pull" (func $pull (param i32 i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (data (i32.const 64) "events")
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (loop $again
      (call $pull (i32.const 64) (i32.const 6) (i32.const 1) (i32.const 0xffffffff) (i32.const 80))
      (br $again))
    (i32.const 16)))
