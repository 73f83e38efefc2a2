;; Exports a host function as its own process.
;; expected: EXPORT_SIGNATURE at admission
(module
  (import "trinity:plugin/host@0.1.0" "explain" (func $explain (param i32)))
  (export "process" (func $explain))
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
)
