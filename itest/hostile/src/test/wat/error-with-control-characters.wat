;; An error that would move the cursor, forge a line of the log and turn the text around.
;; expected: GUEST_ERROR at call
(module
  (memory (export "memory") 1)
  (global $top (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $top)
    (global.set $top
      (i32.add (global.get $top) (i32.and (i32.add (local.get 3) (i32.const 15)) (i32.const -8)))))
  (data (i32.const 16) "\01\00\00\00\00\09\00\00\24\00\00\00")
  (data (i32.const 2304) "\1b[2J\0d\0aERROR registry stopped \e2\80\ae\00xxx")
  (func (export "process") (param $chunks i32) (param $count i32) (result i32)
    (i32.const 16)))
