(module
  (func (export "f") (param $a i32) (param $n i32) (result i64) (local $r i64)
    (block $out (loop $next (block $d (block $c (block $b (block $a
      (br_table $a $b $c $d $next $out (i32.and (local.get $a) (i32.const 7))))
      (local.set $r (i64.add (local.get $r) (i64.const 1))) (br $d))
      (local.set $r (i64.mul (local.get $r) (i64.const 3))))
      (local.set $r (select (local.get $r) (i64.const 7) (local.get $a))))
      (local.set $a (i32.rotr (local.get $a) (i32.const 1)))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (local.get $r)))
