// V8's side of the comparison, for node 18 or later. One process is one fork.
//   node v8.cjs MODULE function NAME ARGUMENT WARM MEASURED MILLIS   rounds of calls: what each took, in us
//   node v8.cjs MODULE trip - BYTES WARM MEASURED MILLIS             the same of bytes copied in, changed, copied out
//   node v8.cjs MODULE load NAME ARGUMENT                            compile, instantiate and call once, in us
//   node v8.cjs MODULE result NAME ARGUMENT                          what a call returns
'use strict';
const fs = require('fs');
const [file, what, name, argumentText, warm, measured, millis] = process.argv.slice(2);
const argument = Number(argumentText), AT = 1024;
const begin = process.hrtime.bigint();
const compiled = new WebAssembly.Module(fs.readFileSync(file));
const next = x => Math.imul(x, 31) + 7 | 0;
const exports_ = new WebAssembly.Instance(compiled, { host: { next } }).exports;

// Rounds of at least `millis`; the clock is read every `batch` calls, so that reading it does not count.
function rounds(call) {
  let batch = 1, sink = 0;
  const round = () => {
    const from = process.hrtime.bigint(), until = from + BigInt(millis) * 1000000n;
    let n = 0, now;
    do {
      for (let i = 0; i < batch; i++) sink ^= call();
      n += batch;
      now = process.hrtime.bigint();
      if (Number(now - from) / n * batch < 100000) batch *= 2;
    } while (now < until);
    return Number(now - from) / 1e3 / n;
  };
  for (let i = 0; i < Number(warm); i++) round();
  for (let i = 0; i < Number(measured); i++) console.log(round());
  if (sink === 0.5) console.log('never');
}

function trip(input) {
  const n = input.length;
  new Uint8Array(exports_.memory.buffer, AT, n).set(input);
  exports_.xor(n);
  return new Uint8Array(exports_.memory.buffer, AT, n).slice();
}

if (exports_.fill) exports_.fill(1);
if (what === 'result') {
  console.log(exports_[name](argument) | 0);
} else if (what === 'load') {
  exports_[name](argument);
  console.log(Number(process.hrtime.bigint() - begin) / 1e3);
} else if (what === 'trip') {
  const input = new Uint8Array(argument);
  rounds(() => trip(input)[argument - 1]);
} else {
  const f = exports_[name];
  rounds(() => f(argument));
}
