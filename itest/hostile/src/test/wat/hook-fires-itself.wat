;; Fires the custom hook that it listens to itself. Nobody waits for itself: the answer is that nobody else listens.
;; expected: SERVES at call
;; manifest: "hooks": [{"point": "custom", "name": "hostile-self"}]
(module
  (import "trinity:plugin/hooks@0.1.0" "fire" (func $fire (param i32 i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (data (i32.const 64) "hostile-self")
  (func (export "custom") (param i32 i32 i32 i32) (result i32)
    (call $fire (i32.const 64) (i32.const 12) (i32.const 64) (i32.const 4) (i32.const 128))
    (i32.const 128))
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (call $fire (i32.const 64) (i32.const 12) (i32.const 64) (i32.const 4) (i32.const 128))
    (i32.const 16)))
