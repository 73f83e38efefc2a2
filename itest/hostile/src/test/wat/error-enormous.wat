;; An error whose text is 8 MiB of zero bytes: as text it takes 16 MiB of the host.
;; expected: LIMIT_MEMORY at call
(module
  (memory (export "memory") 200)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (data (i32.const 16) "\01\00\00\00\00\00\01\00\00\00\80\00")
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.const 16)))
