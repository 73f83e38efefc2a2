// The harness against a guest that is made here, instruction by instruction: what no sample needs of it, and every lie.
import assert from 'node:assert/strict'
import test from 'node:test'
import { Guest, Lie } from './harness.mjs'

// ---- a guest ----

const I32 = 0x7F, TYPES = { i: I32, l: 0x7E, d: 0x7C }
const leb = n => { const b = []; for (; n > 127; n >>>= 7) b.push((n & 127) | 128); return [...b, n] }
const sleb = n => { const b = []; for (; n < -64 || n > 63; n >>= 7) b.push((n & 127) | 128); return [...b, n & 127] }
const name = text => [...leb(Buffer.byteLength(text)), ...Buffer.from(text)]
const list = items => [...leb(items.length), ...items.flat()]
const section = (id, body) => [id, ...leb(body.length), ...body]
const type = (params, result) => [0x60, ...list([...params].map(p => [TYPES[p]])), ...list([...result].map(r => [TYPES[r]]))]
const AREA = 1024, DATA = 1280, ROOM = 2048

/**
 * A module whose every export takes the parameters given, calls `imports[0]` with the constants given if it says so, and
 * returns AREA. cabi_realloc gives ROOM and what follows. The test writes into the memory what the guest returns.
 * `imports`: [[interface, function, parameters, result]]; `exports`: { name: { takes, calls, returns } }.
 */
function guest({ imports = [], exports, manifest = {}, realloc = [], options }) {
  const bodies = Object.entries({
    ...exports,
    // at = (top + 7) & ~7; top = at + size; return at
    cabi_realloc: { takes: 'iiii', code: [...realloc, 0x23, 0, 0x41, 7, 0x6A, 0x41, ...sleb(-8), 0x71, 0x24, 0, 0x23, 0, 0x23, 0, 0x20, 3, 0x6A, 0x24, 0] },
  })
  const code = ({ calls, returns = 'i', code: given }) => given
    ?? [...(calls ? [...calls.map(n => [0x41, ...sleb(n)]).flat(), 0x10, 0, ...(imports[0][3] ? [0x1A] : [])] : []), ...(returns ? [0x41, ...sleb(AREA)] : [])]
  const bytes = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0,
    ...section(1, list([...imports.map(i => type(i[2], i[3])), ...bodies.map(([, b]) => type(b.takes ?? 'ii', b.returns ?? 'i'))])),
    ...section(2, list(imports.map(([face, f], i) => [...name(`trinity:plugin/${face}@0.1.0`), ...name(f), 0, ...leb(i)]))),
    ...section(3, list(bodies.map((_, i) => leb(imports.length + i)))),
    ...section(5, list([[0, 4]])),
    ...section(6, list([[I32, 1, 0x41, ...sleb(ROOM), 0x0B]])),
    ...section(7, list([[...name('memory'), 2, 0], ...bodies.map(([n], i) => [...name(n), 0, ...leb(imports.length + i)])])),
    ...section(10, list(bodies.map(([, b]) => { const body = [0, ...code(b), 0x0B]; return [...leb(body.length), ...body] }))),
    ...section(0, [...name('trinity:manifest'), ...Buffer.from(JSON.stringify({ name: 'made', version: '1.0.0', ...manifest }))])]
  const g = new Guest(Uint8Array.from(bytes), options)
  const memory = new DataView(g.exports.memory.buffer)
  return Object.assign(g, {
    words: (at, ...words) => words.forEach((w, i) => memory.setUint32(at + 4 * i, w, true)),
    say: (at, text) => new Uint8Array(memory.buffer).set(Buffer.from(text), at),
    word: at => memory.getUint32(at, true),
    byte: at => memory.getUint8(at),
    f64: (at, n) => memory.setFloat64(at, n, true),
  })
}
const string = (g, at) => Buffer.from(g.exports.memory.buffer, g.word(at), g.word(at + 4)).toString()

// ---- exports that no sample has ----

test('a hook may veto a pipeline; its error is text', () => {
  const g = guest({ exports: { prepipeline: { takes: 'iiii' } } })
  assert.deepEqual(g.prepipeline('main', ['a', 'bc']), {})
  assert.equal(Buffer.from(g.exports.memory.buffer, ROOM, 4).toString(), 'main')
  g.say(DATA, 'no')
  g.words(AREA, 1, DATA, 2)
  assert.deepEqual(g.prepipeline('main', []), { error: 'no' })
})

test('weights of parts, and remarks about windows', () => {
  const capabilities = ['vsa_ops'], bundle = new Int8Array(16).fill(1), part = { modality: 'text', chunks: 2, weight: 1, bundle }
  const g = guest({ exports: { prefusion: { takes: 'iiii' }, postfusion: {} }, manifest: { capabilities }, options: { dimension: 16 } })
  g.f64(DATA, 0.25)
  g.f64(DATA + 8, 3)
  g.words(AREA, 0, DATA, 2)
  assert.deepEqual(g.prefusion('k', [part, part]), { weights: [0.25, 3] })
  g.words(AREA, 0, 0, 0)
  assert.deepEqual(g.prefusion('k', [part]), { weights: [] })
  assert.equal(g.vectors.held.size, 0)
  g.say(DATA + 64, 'labelkeyvalue')
  g.words(DATA, DATA + 64, 5, DATA + 32, 1)
  g.words(DATA + 32, DATA + 69, 3, DATA + 72, 5)
  g.words(AREA, 0, DATA, 1)
  assert.deepEqual(g.postfusion([{ key: 'k', fused: bundle }]), { remarks: [{ label: 'label', notes: { key: 'value' } }] })
  assert.throws(() => g.postfusion([]), Lie)
})

test('what is only told: incidents and samples', () => {
  const g = guest({ exports: { onerror: { returns: '' }, onmetrics: { returns: '' } } })
  g.onerror([{ code: 'GUEST_TRAP', message: 'm', plugin: 'p', stream: 's' }])
  assert.deepEqual([0, 8, 16, 24].map(at => string(g, ROOM + at)), ['GUEST_TRAP', 'm', 'p', 's'])
  g.onmetrics([{ name: 'n', labels: { a: 'b' }, histogram: { count: 1, sum: 2, buckets: [[Infinity, 1]] } }])
})

test('state, answers and checks', () => {
  const g = guest({ exports: { save: { takes: '' }, restore: { takes: 'iii' }, answer: { takes: 'iiii' }, check: { takes: '' } } })
  g.say(DATA, 'state')
  g.words(AREA, DATA, 5)
  assert.equal(Buffer.from(g.save()).toString(), 'state')
  g.words(AREA, 0, DATA, 5)
  assert.equal(Buffer.from(g.answer('f', 'x').bytes).toString(), 'state')
  assert.deepEqual([g.restore(3, 'state'), g.check()], [{}, {}])
  g.words(AREA, 1, DATA, 2)
  assert.deepEqual([g.restore(3, ''), g.check()], [{ error: 'st' }, { error: 'st' }])
})

// ---- host functions that no sample calls ----

/** A guest whose `check` calls one host function; its arguments are constants. */
const calling = (face, f, params, args, more = {}) => guest({ imports: [[face, f, params, more.result ?? '']], exports: { check: { takes: '', calls: args } }, ...more })

test('streams: pushed chunks are in the host\'s stream, pulled ones in the memory', () => {
  const capabilities = ['stream_io']
  const push = calling('streams', 'push', 'iii', [DATA, 1, AREA + 64], { manifest: { capabilities } })
  push.say(DATA + 128, 'eventspayload')
  push.words(DATA, DATA + 134, 7)
  push.words(DATA + 24, DATA + 128, 6)
  push.check()
  assert.equal(Buffer.from(push.streams.get('events')[0].payload).toString(), 'payload')
  assert.equal(push.byte(AREA + 64), 0)
  push.words(DATA + 24, DATA + 128, 5)
  push.check()
  assert.deepEqual([push.byte(AREA + 64), push.byte(AREA + 65), push.streams.get('events').length], [1, 2, 1])

  const pull = calling('streams', 'pull', 'iiiii', [DATA, 6, 2, 0, AREA + 64], { manifest: { capabilities } })
  pull.say(DATA, 'events')
  pull.streams.get('events').push({ payload: 'one' }, { payload: 'two' }, { payload: 'three' })
  pull.check()
  assert.deepEqual([pull.byte(AREA + 64), pull.word(AREA + 72), string(pull, pull.word(AREA + 68))], [0, 2, 'one'])
  assert.equal(pull.streams.get('events').length, 1)
})

test('calls of other plugins and custom hooks answer, or fail and are explained', () => {
  const dependencies = [{ name: 'units', version: '[1,2)' }], args = [DATA, 5, DATA + 5, 6, DATA + 11, 2, AREA + 64]
  const call = (plugins, to = 'units') => {
    const g = calling('plugins', 'call', 'iiiiiii', args, { manifest: { dependencies }, options: { plugins } })
    g.say(DATA, `${to}lengthxy`)
    g.check()
    return g.byte(AREA + 64) ? g.byte(AREA + 68) : string(g, AREA + 68)
  }
  assert.equal(call({ units: (f, argument) => Buffer.from(`${f} of ${Buffer.from(argument)}`) }), 'length of xy')
  assert.equal(call({}), 5)
  assert.equal(call({ other: () => 'x' }, 'other'), 0)
  assert.equal(call({ units: () => ({ failure: 'timeout', sentence: 's' }) }), 4)

  const fire = listeners => {
    const g = calling('hooks', 'fire', 'iiiii', [DATA, 1, DATA + 1, 2, AREA + 64], { options: { listeners } })
    g.say(DATA, 'hxy')
    g.check()
    return string(g, AREA + 68)
  }
  assert.equal(fire({}), 'xy')
  assert.equal(fire({ h: payload => Buffer.from(payload).reverse() }), 'yx')
})

test('what is not served is unavailable, or ends the call where it cannot say so', () => {
  const capabilities = ['network', 'gpu_compute'], g = calling('tcp', 'send', 'iiiii', [1, 0, 0, 0, AREA + 64], { manifest: { capabilities } })
  g.check()
  assert.deepEqual([g.byte(AREA + 64), g.byte(AREA + 65)], [1, 5])
  const gone = calling('gpu', 'devices', 'i', [AREA + 64], { manifest: { capabilities } })
  assert.throws(() => gone.check(), /gpu\.devices: unavailable/)
  assert.throws(() => gone.check(), /was thrown away/)
})

// ---- lies ----

test('what is not true of a result is a lie', () => {
  const stage = (...area) => {
    const g = guest({ exports: { process: {} } })
    g.words(AREA, ...area)
    g.words(DATA, DATA + 64, 2)
    return { g, call: () => g.process([]) }
  }
  assert.equal(stage(0, DATA, 1).call().chunks.length, 1)
  assert.throws(stage(2, 0, 0).call, /a tag of 2/)
  assert.throws(stage(0, DATA + 4, 1).call, /not aligned to 8/)
  assert.throws(stage(0, 4 * 65536 - 8, 1).call, /outside of the memory/)
  assert.throws(stage(0, 0xFFFFFFF8, 1).call, /outside of the memory/)
  assert.throws(stage(1, 4 * 65536 - 1, 2).call, /outside of the memory/)
  for (const [length, what] of [[65537, /a payload of 65537 bytes/], [0xFFFFFFFF, /outside of the memory/]]) {
    const { g, call } = stage(0, DATA, 1)
    g.words(DATA, DATA, length)
    assert.throws(call, what)
  }
  const { g, call } = stage(1, DATA + 64, 2)
  g.say(DATA + 64, Uint8Array.of(0xC3, 0x28))
  assert.throws(call, /no UTF-8/)
})

test('pages of keys have a prefix, an order and a limit', () => {
  const keys = (prefix, limit, ...texts) => {
    const g = guest({ exports: { keys: { takes: 'iiiii' } } })
    g.words(AREA, 0, DATA, texts.length, 0, 0)
    texts.forEach((t, i) => { g.words(DATA + 8 * i, DATA + 64 + 8 * i, t.length); g.say(DATA + 64 + 8 * i, t) })
    return () => g.keys(prefix, '', limit)
  }
  assert.deepEqual(keys('a', 2, 'a', 'ab')().keys, ['a', 'ab'])
  assert.throws(keys('a', 1, 'a', 'ab'), /2 keys where 1/)
  assert.throws(keys('a', 2, 'a', 'b'), /does not begin/)
  assert.throws(keys('a', 2, 'ab', 'a'), /do not ascend/)
})

test('vectors: what is not held, and what is only lent, cannot be used up', () => {
  const manifest = { capabilities: ['vsa_ops'] }, bundle = new Int8Array(8).fill(1)
  assert.throws(() => calling('vsa', 'release', 'i', [7], { manifest }).check(), /does not hold vector 7/)
  const g = guest({ imports: [['vsa', 'release', 'i', '']], exports: { prefusion: { takes: 'iiii', calls: [1] } }, manifest, options: { dimension: 8 } })
  assert.throws(() => g.prefusion('k', [{ modality: 'm', chunks: 1, weight: 1, bundle }]), /vector 1 is only lent/)
  const encode = guest({ exports: { encode: {} }, manifest })
  assert.throws(() => encode.encode([{ payload: '' }]), /0 vectors for 1 chunks/)
})

test('no host function within cabi_realloc and cabi_post_…; no import without its capability', () => {
  const log = ['log', 'log', 'iiiii', ''], call = [0x41, 2, 0x41, 0, 0x41, 0, 0x41, 0, 0x41, 0, 0x10, 0]
  assert.throws(() => guest({ imports: [log], exports: { process: {} }, realloc: call }).process([{ payload: 'x' }]), /log\.log was called in cabi_realloc/)
  const post = { takes: 'i', returns: '', calls: [2, 0, 0, 0, 0] }
  assert.throws(() => guest({ imports: [log], exports: { process: {}, cabi_post_process: post } }).process([]), /log\.log was called in cabi_post_process/)
  assert.throws(() => calling('metrics', 'add', 'iidii'), Lie)
  assert.throws(() => calling('plugins', 'call', 'iiiiiii'), Lie)
})
