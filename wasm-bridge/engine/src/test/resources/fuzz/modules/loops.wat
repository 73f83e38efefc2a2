(module (memory 1)
  (func (export "f") (param $n i32) (result i32) (local $i i32) (local $s i32)
    (loop $o
      (loop $p
        (local.set $s (i32.add (local.get $s) (i32.load8_u (i32.and (local.get $i) (i32.const 255)))))
        (br_if $p (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
      (block $out (loop $q (br_if $out (i32.gt_u (local.get $s) (i32.const 900)))
        (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 3)) (i32.const 1))) (br $q)))
      (br_if $o (local.tee $n (i32.shr_u (local.get $n) (i32.const 1)))))
    (local.get $s)))
