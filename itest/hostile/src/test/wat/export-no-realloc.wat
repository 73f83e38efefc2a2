;; It takes lists and has no allocator.
;; expected: EXPORT_MISSING at admission
(module
  (memory (export "memory") 1)
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.const 16)))
