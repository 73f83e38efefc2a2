;; Pushes chunks into a stream that nobody reads. When it is full, pushing waits until the call has no time.
;; expected: LIMIT_TIME or LIMIT_CPU at call
;; manifest: "capabilities": ["stream_io"]
;; limits: wallMillis=200
(module
  (import "trinity:plugin/streams@0.1.0" "push" (func $push (param i32 i32 i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (data (i32.const 64) "events")
  (data (i32.const 1024) "\00\10\00\00\10\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\40\00\00\00\06\00\00\00")
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (loop $again
      (call $push (i32.const 1024) (i32.const 1) (i32.const 80))
      (br $again))
    (i32.const 16)))
