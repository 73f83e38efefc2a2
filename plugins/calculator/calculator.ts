// An agent that calculates. It keeps nothing between letters, so it needs no address and no state.
import { alloc, ascii, freeAll, outcome, cabi_realloc } from '../sdk/assemblyscript/trinity';
export { cabi_realloc };

const OBSERVATION = 64, ACTION = 72, PAYLOAD = 8;                 // bytes of the variants, and where their payload begins
const RECEIVED = 1;                                               // variant observation
const SEND = 0, STOP = 5;                                         // variant action
const DEPTH: u32 = 32;

let at: u32 = 0, end: u32 = 0, depth: u32 = 0;
let wrong: bool = false, byZero: bool = false;

function peek(): u8 {
  while (at < end && load<u8>(at) == 0x20) at++;
  return at < end ? load<u8>(at) : 0;
}

function factor(): f64 {
  const c = peek();
  if (c == 0x2d) { at++; return nested(true); }
  if (c == 0x28) {
    at++;
    const v = nested(false);
    if (peek() == 0x29) at++; else wrong = true;
    return v;
  }
  let v: f64 = 0, scale: f64 = 1, digits = 0;
  while (at < end && load<u8>(at) >= 0x30 && load<u8>(at) <= 0x39) { v = v * 10 + <f64>(load<u8>(at++) - 0x30); digits++; }
  if (at < end && load<u8>(at) == 0x2e) {
    at++;
    while (at < end && load<u8>(at) >= 0x30 && load<u8>(at) <= 0x39) { scale /= 10; v += scale * <f64>(load<u8>(at++) - 0x30); digits++; }
  }
  if (!digits) wrong = true;
  return v;
}

// Every way down passes here: a letter of brackets must not use up the stack.
function nested(minus: bool): f64 {
  if (++depth > DEPTH) { wrong = true; depth--; return 0; }
  const v = minus ? -factor() : sum();
  depth--;
  return v;
}

function product(): f64 {
  let v = factor();
  for (let c = peek(); !wrong && (c == 0x2a || c == 0x2f); c = peek()) {
    at++;
    const right = factor();
    if (c == 0x2a) v *= right;
    else if (right == 0) byZero = true;
    else v /= right;
  }
  return v;
}

function sum(): f64 {
  let v = product();
  for (let c = peek(); !wrong && (c == 0x2b || c == 0x2d); c = peek()) {
    at++;
    const right = product();
    v = c == 0x2b ? v + right : v - right;
  }
  return v;
}

let textAt: u32 = 0, textLength: u32 = 0;
function say(text: string): void { textAt = ascii(text); textLength = text.length; }

/** Six digits behind the point, without zeros at the end. */
function number(value: f64): void {
  let v = abs(value);
  if (!(v < 1e15)) return say('too large');
  const room = alloc(40);
  let p = room + 40;
  let whole = <u64>v, part = <u64>((v - <f64>whole) * 1e6 + 0.5);
  if (part >= 1000000) { whole++; part -= 1000000; }
  let digits = 6;
  while (digits > 0 && part % 10 == 0) { part /= 10; digits--; }
  const fraction = digits > 0;
  while (digits-- > 0) { store<u8>(--p, <u8>(0x30 + part % 10)); part /= 10; }
  if (fraction) store<u8>(--p, 0x2e);
  do { store<u8>(--p, <u8>(0x30 + whole % 10)); whole /= 10; } while (whole);
  if (value < 0 && (fraction || v >= 0.5)) store<u8>(--p, 0x2d);
  textAt = p;
  textLength = room + 40 - p;
}

function is(pointer: u32, length: u32, text: string): bool {
  if (length != <u32>text.length) return false;
  for (let i: u32 = 0; i < length; i++) if ((load<u8>(pointer + i) | 0x20) != <u8>text.charCodeAt(i)) return false;
  return true;
}

export function decide(address: u32, addressLength: u32, seen: u32, count: u32): u32 {
  const actions = alloc(2 * count * ACTION);
  let made: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const o = seen + i * OBSERVATION;
    if (load<u8>(o) != RECEIVED) continue;
    const letter = o + PAYLOAD;
    const body = load<u32>(letter, 16), length = load<u32>(letter, 20);
    const bye = is(body, length, 'bye');
    if (bye) say('bye');
    else if (is(body, length, 'help')) say('I know + - * / ( ) and numbers: 2+3*(4-1)');
    else {
      at = body; end = body + length; depth = 0; wrong = false; byZero = false;
      const v = sum();
      if (wrong || peek() != 0 || at < end) say('I do not understand that; ask for help');
      else if (byZero) say('nothing is divided by 0');
      else number(v);
    }
    const a = actions + made++ * ACTION;
    store<u8>(a, SEND);
    store<u32>(a + PAYLOAD, load<u32>(letter));                   // to whom it came from
    store<u32>(a + PAYLOAD, load<u32>(letter, 4), 4);
    store<u32>(a + PAYLOAD, 0, 8);
    store<u32>(a + PAYLOAD, 0, 12);
    store<u32>(a + PAYLOAD, textAt, 16);
    store<u32>(a + PAYLOAD, textLength, 20);
    if (bye) store<u8>(actions + made++ * ACTION, STOP);
  }
  return outcome(false, actions, made);
}

export function cabi_post_decide(result: u32): void { freeAll(); }
