// The tokenizer against an independent computation with JavaScript's own Unicode data.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { cut, Guest, positions, random, run, streamOf } from './harness.mjs'

const wasm = new URL('../tokenizer/tokenizer.wasm', import.meta.url)
const opticks = readFileSync(new URL('../samples/opticks.txt', import.meta.url))
const guest = (config = {}) => new Guest(wasm, { config })
const utf8 = text => new TextEncoder().encode(text)
const text = (stream, more = {}) => ({ modality: 'text', stream, contentType: 'text/plain', eventTimeNanos: 7, ...more })
const tokenize = (g, bytes, at = [], stream = 'a') => run(g, streamOf(cut(bytes, at), text(stream)))

// ---- the same, computed in another way ----

const WORD = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{N}\p{M}]+)*/gu
const small = c => {
  const code = c.codePointAt(0)
  if (code === 0x130) return 'i'
  const known = code < 0x180 || (code >= 0x386 && code <= 0x3AB) || (code >= 0x400 && code <= 0x52F)
  return known ? c.toLowerCase() : c
}
const lowerCase = string => [...string].map(small).join('')

function expected(bytes, { top = 10, lowercase = true, straight = false } = {}) {
  const all = new TextDecoder().decode(bytes)
  const words = [...all.matchAll(WORD)].map(m => lowerCase(m[0]).replaceAll('’', "'"))
  const counts = new Map()
  for (const w of words) if (utf8(w).length <= 27) counts.set(w, (counts.get(w) ?? 0) + 1)
  const ranked = [...counts].sort(([a, n], [b, m]) => m - n || Buffer.compare(utf8(a), utf8(b))).slice(0, top)
  const lines = all.split(/\r\n|\r|\n/)
  let normal = lines.map(l => l.replace(/[\t\v\f\p{Zs}]+/gu, ' ').replace(/^ | $/g, '')).join('\n')
  if (lowercase) normal = lowerCase(normal)
  if (straight) normal = normal.replace(/[‘’‚‛]/g, "'").replace(/[“”„‟]/g, '"')
  return {
    normal,
    attributes: {
      words: String(words.length),
      characters: String([...all].length),
      lines: String(lines.length - (lines.at(-1) === '' ? 1 : 0)),
      bytes: String(bytes.length),
      'distinct-words': String(counts.size),
      ...(ranked.length ? { 'top-words': ranked.map(([w, n]) => `${w}=${n}`).join(' ') } : {}),
    },
  }
}

function assertSame(result, want) {
  assert.equal(result.error, undefined)
  assert.equal(result.payload.toString(), want.normal)
  assert.deepEqual(result.attributes, want.attributes)
}

// ---- contract ----

test('the module imports log and config and nothing else, and exports what a stage must', () => {
  const { module, manifest } = guest()
  assert.deepEqual(WebAssembly.Module.imports(module).map(i => `${i.module}.${i.name}`).sort(),
    ['trinity:plugin/config@0.1.0.get', 'trinity:plugin/log@0.1.0.log'])
  assert.deepEqual(WebAssembly.Module.exports(module).map(e => e.name).sort(), ['cabi_post_process', 'cabi_realloc', 'memory', 'process'])
  assert.deepEqual(manifest, JSON.parse(readFileSync(new URL('../tokenizer/tokenizer.json', import.meta.url))))
})

test('chunks of other modalities pass unchanged', () => {
  const chunk = {
    modality: 'voice', stream: 'x', contentType: 'audio/wav', payload: Uint8Array.of(0, 255, 13), attributes: { a: 'B', 'host.c': '' },
    sequence: 3, eventTimeNanos: -5n, last: true,
  }
  const g = guest()
  assert.deepEqual(g.process([chunk]), { chunks: [chunk] })
  assert.deepEqual(g.logged, [])
})

test('no chunks give no chunks', () => assert.deepEqual(guest().process([]), { chunks: [] }))

// ---- a real text ----

test('a text in pieces of 64 KiB is counted and normalised as JavaScript does it', () => {
  const g = guest()
  const result = tokenize(g, opticks)
  assertSame(result, expected(opticks))
  assert.equal(result.chunks.length, 2)
  assert.deepEqual(result.chunks.map(c => [c.modality, c.contentType, c.eventTimeNanos]), Array(2).fill(['text', 'text/plain', 7n]))
  assert.deepEqual(Object.keys(result.chunks[0].attributes), ['words'])
  assert.deepEqual(g.logged.map(l => [l.level, l.message, l.fields.stream, l.fields.words]),
    [['info', 'text counted', 'a', result.attributes.words]])
})

test('a text gives the same wherever it is cut', () => {
  const next = random(1), g = guest(), want = expected(opticks)
  for (let i = 0; i < 30; i++) assertSame(tokenize(g, opticks, positions(next, opticks.length, 1 + next(60))), want)
})

const nasty = utf8("\uFEFF  Don’t  stop—it's 'tis' rock'n'roll''s \t\r\n\r\nÉCOLE\u00A0Ærø \r x\rŽluťoučký ΑΒΓ Ёж 北京 😀😀 a_b  \n \n end ")

test('a nasty text gives the same cut anywhere in two, and byte by byte', () => {
  const g = guest(), want = expected(nasty)
  for (let i = 0; i <= nasty.length; i++) assertSame(tokenize(g, nasty, [i]), want)
  assertSame(tokenize(g, nasty, Array.from(nasty.keys()).slice(1)), want)
  assert.equal(want.normal.split('\n')[0], "don’t stop—it's 'tis' rock'n'roll''s")
})

test('bytes that are no UTF-8 become U+FFFD as the Encoding standard has it', () => {
  const next = random(2), g = guest()
  const seeds = [0x00, 0x20, 0x41, 0x80, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF, 0xBB]
  for (let i = 0; i < 3000; i++) {
    const bytes = Uint8Array.from({ length: 1 + next(24) }, () => next(4) ? seeds[next(seeds.length)] : next(256))
    const result = tokenize(g, bytes, positions(next, bytes.length, next(4)))
    const want = expected(bytes)
    assert.equal(result.payload.toString(), want.normal, Buffer.from(bytes).toString('hex'))
    assert.equal(result.attributes.characters, want.attributes.characters)
    assert.equal(result.attributes.lines, want.attributes.lines)
  }
})

test('every code point from U+0000 to U+052F has the case and the class that Unicode gives it', () => {
  const g = guest()
  for (let code = 0; code < 0x530; code++) {
    const bytes = utf8(`1${String.fromCodePoint(code)}2`)
    assertSame(tokenize(g, bytes), expected(bytes))
  }
})

// ---- settings ----

test('settings: capital letters kept, quotes straightened, more or fewer frequent words', () => {
  const bytes = utf8('“One” and ‘Two’ and ONE')
  assertSame(tokenize(guest({ lowercase: 'false' }), bytes), expected(bytes, { lowercase: false }))
  assertSame(tokenize(guest({ 'straight-quotes': 'true' }), bytes), expected(bytes, { straight: true }))
  for (const top of [0, 1, 50]) assertSame(tokenize(guest({ top }), opticks), expected(opticks, { top }))
  assertSame(tokenize(guest({ top: 'nonsense' }), opticks), expected(opticks))
})

// ---- bounds ----

test('output longer than 64 KiB goes on in several chunks, each of them whole UTF-8', () => {
  const bytes = new Uint8Array(65536).fill(0xFF)
  const result = tokenize(guest(), bytes)
  assert.equal(result.chunks.length, 4)
  for (const c of result.chunks) assert.match(new TextDecoder('utf-8', { fatal: true }).decode(c.payload), /^\uFFFD+$/)
  assertSame(result, expected(bytes))
  assert.deepEqual(result.chunks.map(c => 'characters' in c.attributes), [false, false, false, true])
})

test('a piece of which nothing is left gives no chunk, the last one always gives one', () => {
  const g = guest()
  assert.deepEqual(g.process([text('a', { payload: '   ' })]), { chunks: [] })
  const end = g.process([text('a', { payload: '', sequence: 1, last: true })])
  assert.equal(end.chunks.length, 1)
  assert.deepEqual(end.chunks[0].attributes, { words: '0', characters: '3', lines: '1', bytes: '3', 'distinct-words': '0' })
})

test('more different words than the table holds: frequent ones stay, and it is told', () => {
  const next = random(3), parts = []
  for (let i = 0; i < 60000; i++) parts.push(i % 7 === 0 ? 'alpha' : i % 11 === 0 ? 'beta' : `w${next(50000)}`)
  const bytes = utf8(parts.join(' ')), want = expected(bytes, { top: 2 })
  const got = tokenize(guest({ top: 2 }), bytes).attributes
  assert.equal(got.words, want.attributes.words)
  assert.equal(got['top-words'], want.attributes['top-words'])
  assert.equal(got['distinct-words'], undefined)

  // Many that were seen twice, then many seen once: those are forgotten, and not more.
  const some = (letter, count) => Array.from({ length: count }, (_, i) => `${letter}${i} `).join('')
  const often = 'gamma '.repeat(30) + 'delta '.repeat(3)
  const { attributes } = tokenize(guest(), utf8(often + some('w', 2500) + some('w', 2500) + some('x', 2000)))
  assert.match(attributes['top-words'], /^gamma=30 delta=3 /)
})

test('words of more than 27 bytes are counted but not ranked', () => {
  const bytes = utf8(`${'x'.repeat(27)} ${'y'.repeat(28)} ${'й'.repeat(14)} ${'z'.repeat(1000)}`)
  assertSame(tokenize(guest(), bytes), expected(bytes))
})

test('given attributes stay, and the limits of the contract are kept', () => {
  const send = attributes => guest().process([text('a', { payload: 'a b', attributes, last: true })]).chunks[0].attributes
  assert.deepEqual(send({ title: 'T', words: '99', 'host.x': '1' }),
    { 'host.x': '1', title: 'T', words: '2', characters: '3', lines: '1', bytes: '3', 'distinct-words': '2', 'top-words': 'a=1 b=1' })
  const many = Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`n${i}`, 'v']))
  assert.deepEqual(send(many), { ...many, words: '2' })
  const full = { n: 'v'.repeat(4095) }
  assert.deepEqual(send(full), full)
  const tight = { n: 'v'.repeat(4040) } // 55 bytes left: words, characters, lines, bytes (27), distinct-words (15), then 4 of top-words' 9 + 3
  assert.deepEqual(send(tight), { ...tight, words: '2', characters: '3', lines: '1', bytes: '3', 'distinct-words': '2' })
})

// ---- streams ----

test('interleaved streams do not mix', () => {
  const next = random(4), g = guest()
  const texts = Array.from({ length: 16 }, (_, i) => opticks.subarray(i * 900, i * 900 + 4000))
  const queues = texts.map((t, i) => streamOf(cut(t, positions(next, t.length, 9)), text(`s${i}`)))
  const out = texts.map(() => [])
  while (queues.some(q => q.length)) {
    const i = next(16)
    if (queues[i].length) out[i].push(...g.process([queues[i].shift()]).chunks)
  }
  texts.forEach((t, i) => assertSame({ payload: Buffer.concat(out[i].map(c => c.payload)), attributes: out[i].at(-1).attributes }, expected(t)))
})

test('the seventeenth open stream is refused, until one has ended', () => {
  const g = guest(), open = i => g.process([text(`s${i}`, { payload: 'x' })])
  for (let i = 0; i < 16; i++) assert.equal(open(i).error, undefined)
  assert.match(open(16).error, /16 texts are open already/)
  assert.equal(g.process([text('s3', { payload: '', sequence: 1, last: true })]).chunks[0].attributes.words, '1')
  assert.equal(open(16).error, undefined)
})

test('a stream that nobody ends does not keep its place for ever', () => {
  const g = guest()
  for (let i = 0; i < 16; i++) g.process([text(`s${i}`, { payload: 'x' })])
  for (let i = 1; i < 1100; i++) g.process([text('s0', { payload: 'x ', sequence: i })])
  assert.equal(g.process([text('new', { payload: 'x' })]).error, undefined)
  assert.equal(g.process([text('s0', { payload: '', sequence: 1100, last: true })]).chunks[0].attributes.bytes, String(1 + 1099 * 2))
})

test('a stream that begins again begins anew; one joined in the middle says so', () => {
  const g = guest()
  g.process([text('a', { payload: 'one two' })])
  assert.equal(g.process([text('a', { payload: 'one', last: true })]).chunks[0].attributes.words, '1')
  assert.equal(g.process([text('b', { payload: 'one', sequence: 5, last: true })]).chunks[0].attributes['counted-from'], '5')
})

test('a stream without a name, or with one too long, is refused', () => {
  for (const name of ['', 'x'.repeat(65)]) assert.match(guest().process([text(name, { payload: 'x' })]).error, /1 to 64 bytes/)
  assert.equal(guest().process([text('x'.repeat(64), { payload: 'x' })]).error, undefined)
})

test('memory does not grow from call to call', () => {
  const g = guest()
  tokenize(g, new Uint8Array(65536).fill(0xFF))
  const before = g.memoryBytes
  for (let i = 0; i < 200; i++) tokenize(g, opticks, [], `s${i}`)
  assert.equal(g.memoryBytes, before)
  assert.ok(before <= 4 << 20, `${before} bytes`)
})
