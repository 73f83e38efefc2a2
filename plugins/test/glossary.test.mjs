// The glossary against an independent search in JavaScript, over files in a Map.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { cut, Guest, Lie, random, streamOf, surfaceOf } from './harness.mjs'

const wasm = new URL('../glossary/glossary.wasm', import.meta.url)
const sample = readFileSync(new URL('../glossary/terms.tsv', import.meta.url), 'utf8')
const opticks = readFileSync(new URL('../samples/opticks.txt', import.meta.url))
const FILE = 'glossary/terms.tsv'
const lines = terms => terms.map(t => t.join('\t') + '\n').join('')
const text = (payload, more = {}) => ({ modality: 'text', stream: 'a', payload: Buffer.from(payload), ...more })
const guest = (terms, options = {}) => new Guest(wasm, { files: { [FILE]: Array.isArray(terms) ? lines(terms) : terms }, ...options })

/** The attribute that this text gets. */
function explained(g, payload, more) {
  const { error, chunks } = g.process([text(payload, more)])
  assert.equal(error, undefined)
  assert.equal(chunks.length, 1)
  assert.deepEqual(Buffer.from(chunks[0].payload), Buffer.from(payload))
  return chunks[0].attributes.glossary
}

/** The same in another way: of all terms that stand here, the longest; then on behind it. `t` is latin1. */
function wanted(terms, t) {
  const word = /[0-9A-Za-z\x80-\xff]/
  const border = at => at === 0 || at === t.length || !word.test(t[at - 1]) || !word.test(t[at])
  const form = c => (c === ' ' ? '[ \\t\\n\\v\\f\\r]+' : /[a-z]/i.test(c) ? `[${c.toLowerCase()}${c.toUpperCase()}]` : c.replace(/[.*+?^${}()|[\]\\]/, '\\$&'))
  const forms = terms.map(([term, explanation]) =>
    ({ term, explanation, form: new RegExp([...Buffer.from(term).toString('latin1')].map(form).join(''), 'y') }))
    .sort((a, b) => Buffer.byteLength(b.term) - Buffer.byteLength(a.term))
  const found = new Map()
  for (let at = 0; at < t.length;) {
    const here = border(at) && forms.find(f => { f.form.lastIndex = at; return f.form.test(t) && border(f.form.lastIndex) })
    if (here && !found.has(here.term)) found.set(here.term, `${here.term}: ${here.explanation}`)
    at = here ? here.form.lastIndex : at + 1
  }
  return found.size ? [...found.values()].join('\n') : undefined
}

// ---- contract ----

test('the module imports its settings and what stdio needs, and exports what a stage must', () => {
  const { module, manifest } = guest([])
  const calls = ['environ_get', 'environ_sizes_get', 'fd_close', 'fd_fdstat_get', 'fd_fdstat_set_flags', 'fd_prestat_dir_name',
    'fd_prestat_get', 'fd_read', 'fd_seek', 'fd_write', 'path_open', 'proc_exit']
  assert.deepEqual(surfaceOf(module), { imports: ['config.get', ...calls.map(c => `wasi_snapshot_preview1.${c}`)],
    exports: ['_initialize', 'cabi_post_process', 'cabi_realloc', 'memory', 'process'] })
  assert.deepEqual(manifest, JSON.parse(readFileSync(new URL('../glossary/glossary.json', import.meta.url))))
})

test('without the capability in its manifest the module is refused', () => {
  const other = readFileSync(wasm).toString('latin1').replace('"file_read"', '"vsa_ops"  ')
  assert.throws(() => new Guest(Buffer.from(other, 'latin1')), e => e instanceof Lie && /path_open and declares none of file_read/.test(e.message))
})

// ---- terms ----

test('a text gets the explanations of its terms, in their order, each once', () => {
  const g = guest([['fuel', 'what a call may use up'], ['trap', 'the end of a call']])
  assert.equal(explained(g, 'A trap? No fuel. A TRAP, no Fuel.'), 'trap: the end of a call\nfuel: what a call may use up')
  assert.equal(explained(g, 'nothing of it'), undefined)
  assert.equal(explained(g, ''), undefined)
})

test('whole words only; the longest of several; a blank stands for any blanks', () => {
  const terms = [['fuel', '1'], ['fuel gauge', '2'], ['gauge', '3'], ['C++', '4'], ['.wasm', '5'], ['Straße', '6']], g = guest(terms)
  for (const [t, want] of [['refuel fuels fuel_ 1fuel', 'fuel: 1'], ['a fuel gauge', 'fuel gauge: 2'], ['fuel\r\n  gauge', 'fuel gauge: 2'],
    ['fuelgauge'], ['fuel-gauge', 'fuel: 1\ngauge: 3'], ['in C++.', 'C++: 4'], ['C+'], ['x.wasm', '.wasm: 5'], ['.wasmx'], ['straße', 'Straße: 6'],
    ['Straßen'], ['éfuel'], ['fuel \0gauge', 'fuel: 1\ngauge: 3']]) {
    assert.equal(explained(g, t), want, t)
    assert.equal(wanted(terms, Buffer.from(t).toString('latin1')), want, `in JavaScript: ${t}`)
  }
})

test('random texts are explained as JavaScript has it', () => {
  const next = random(1), pick = all => all[next(all.length)]
  const parts = ['a', 'B', 'ab', 'ba', ' ', ' ', '\n', '-', '.', 'é', 'b a', '1']
  const make = most => Array.from({ length: 1 + next(most) }, () => pick(parts)).join('')
  let found = 0
  for (let i = 0; i < 60; i++) {
    const terms = new Map()
    for (let k = 0; k < 12; k++) {
      const term = make(4).replace(/\s+/g, ' ').trim()
      if (term) terms.set(term.toLowerCase(), [term, `e${k}`])
    }
    const g = guest([...terms.values()])
    for (let k = 0; k < 50; k++) {
      const t = make(30), want = wanted([...terms.values()], Buffer.from(t).toString('latin1'))
      assert.equal(explained(g, t), want, JSON.stringify([t, [...terms.values()]]))
      found += want !== undefined
    }
  }
  assert.ok(found > 1000 && found < 2990, `${found} with a term`)
})

test('the sample glossary explains a real text', () => {
  const terms = sample.split('\n').filter(l => l && !l.startsWith('#')).map(l => l.split('\t')), g = guest(sample), all = new Set()
  for (const chunk of streamOf(cut(opticks, Array.from({ length: 8 }, (_, i) => 8192 * (i + 1))), { modality: 'text', stream: 'opticks.txt' })) {
    const got = explained(g, chunk.payload, chunk)
    assert.equal(got, wanted(terms, Buffer.from(chunk.payload).toString('latin1')))
    got?.split('\n').forEach(l => all.add(l.split(':')[0]))
  }
  assert.deepEqual([...all].sort(), terms.map(t => t[0]).filter(t => new RegExp(`\\b${t.replace(' ', '\\s+')}\\b`, 'i').test(opticks)).sort())
  assert.ok(all.size >= 15, `${[...all]}`)
})

// ---- the file ----

test('what it read stands in the log; what is wrong with a line costs that line only', () => {
  const g = guest(Buffer.from(['# comment', '', 'one\t1\r', 'two', '\tthree', 'four\t', Buffer.from([0xE9, 9, 0x31]), 'x'.repeat(2047) + '\t1', 'five\t5\twith a tab',
    'six\t6'].map(l => Buffer.from(l).toString('latin1')).join('\n'), 'latin1'))
  assert.equal(explained(g, 'one two three four five six'), 'one: 1\nfive: 5\twith a tab\nsix: 6')
  const wrong = (line, what) => ({ level: 'warn', message: `${FILE}:${line}: ${what}; left out`, fields: {} })
  assert.deepEqual(g.logged, [4, 5, 6].map(n => wrong(n, 'is not a term, a tab and an explanation'))
    .concat(wrong(7, 'is not UTF-8'), wrong(8, 'is longer than 2046 bytes'), { level: 'info', message: `3 terms from ${FILE}`, fields: {} }))
})

test('it is read when a stream begins, from where the setting says, and closed', () => {
  const g = guest([['one', '1']], { config: { file: 'words/mine.txt' }, files: { 'words/mine.txt': 'one\tfirst\n' } })
  assert.equal(explained(g, 'one'), 'one: first')
  g.files.set('words/mine.txt', 'one\tsecond\n')
  assert.equal(explained(g, 'one', { sequence: 1 }), 'one: first')
  assert.equal(explained(g, 'one', { sequence: 0 }), 'one: second')
  assert.equal(g.openFiles(), 0)
})

test('a guest made in the middle of a stream reads it too', () => assert.equal(explained(guest([['one', '1']]), 'one', { sequence: 7 }), 'one: 1'))

test('a file that cannot be read fails the stream, with the reason; the guest lives on', () => {
  const refuse = {}, g = guest([['one', '1']], { refuse }), contents = g.files.get(FILE)
  const fails = why => {
    g.logged = []
    assert.deepEqual(g.process([text('one')]), { error: `glossary '${FILE}': ${why}` })
    assert.deepEqual(g.logged, [{ level: 'warn', message: `glossary '${FILE}': ${why}`, fields: {} }])
  }
  g.files.set('glossary/another', '')
  g.files.delete(FILE)
  fails('No such file or directory')
  g.files.set(FILE, contents)
  assert.equal(explained(g, 'one'), 'one: 1')
  refuse.wasi = 'denied'
  fails('Capabilities insufficient')
  assert.equal(g.process([text('one', { sequence: 1 })]).chunks, undefined)
  refuse.wasi = undefined
  assert.equal(explained(g, 'one'), 'one: 1')
  g.config = { file: 'x'.repeat(256) }
  assert.deepEqual(g.process([text('one')]), { error: "glossary '': its name has more than 255 bytes" })
  g.config = { file: 'elsewhere/terms.tsv' }
  assert.deepEqual(g.process([text('one')]), { error: "glossary 'elsewhere/terms.tsv': Capabilities insufficient" })
})

test('an empty glossary explains nothing, and 4,096 terms are the most', () => {
  assert.equal(explained(guest(''), 'one'), undefined)
  const g = guest(Array.from({ length: 4098 }, (_, i) => [`t${i}`, String(i)]))
  assert.equal(explained(g, 't0 t4095 t4096 t4097'), 't0: 0\nt4095: 4095')
  assert.deepEqual(g.logged.map(l => l.message), [`${FILE}:4097: is one too many; left out`, `${FILE}:4098: is one too many; left out`, `4096 terms from ${FILE}`])
})

// ---- which chunks, and what else is on them ----

test('chunks of other modalities pass as they are, and need no glossary', () => {
  const g = new Guest(wasm), chunk = { modality: 'vision', contentType: 'image/png', stream: 'a', payload: Buffer.from('one'), attributes: { a: 'b' } }
  const { chunks } = g.process([chunk])
  assert.deepEqual({ ...chunks[0], payload: Buffer.from(chunks[0].payload) }, { ...chunk, sequence: 0, eventTimeNanos: 0n, last: false })
  assert.deepEqual(g.logged, [])
})

test('other attributes stay, and an earlier glossary is replaced', () => {
  const g = guest([['one', '1']]), attributes = { before: 'x', glossary: 'of somebody else', after: '' }
  assert.deepEqual(g.process([text('one', { attributes })]).chunks[0].attributes, { ...attributes, glossary: 'one: 1' })
  assert.deepEqual(g.process([text('none', { attributes })]).chunks[0].attributes, attributes)
})

test('what attributes have no room for is left out, and told', () => {
  const explanation = 'x'.repeat(995), g = guest(Array.from({ length: 6 }, (_, i) => [`t${i}`, explanation]))   // 999 bytes each, and a line end
  const all = 't0 t1 t2 t3 t4 t5', lengthWith = attributes => explained(g, all, { attributes })?.length
  assert.equal(lengthWith({}), 4 * 1000 - 1)
  assert.equal(g.logged.at(-1).message, 'no room for 2 explanations in chunk 0 of a')
  assert.equal(lengthWith({ a: 'y'.repeat(4096 - 8 - 1 - 2999) }), 2999)
  assert.equal(lengthWith({ a: 'y'.repeat(4096 - 8 - 1 - 2998) }), 1999)
  assert.equal(lengthWith({ a: 'y'.repeat(4095) }), undefined)
  const many = n => Object.fromEntries(Array.from({ length: n }, (_, i) => [`a${i}`, '']))
  assert.equal(lengthWith(many(31)), 3999)
  assert.equal(lengthWith(many(32)), undefined)
  assert.equal(g.logged.at(-1).message, 'no room for 6 explanations in chunk 0 of a')
})

// ---- bounds ----

test('all that a call takes is freed', () => {
  const g = guest(Array.from({ length: 300 }, (_, i) => [`t${i}`, 'x'.repeat(100)]))
  const once = i => {
    const attributes = { glossary: 'x'.repeat(i % 3000), a: 'y'.repeat(i % 900) }
    explained(g, Buffer.alloc(4096, `t${i % 300} word `), { attributes, sequence: i % 4 })
    if (i % 10 === 0) g.process([text('t1', { sequence: 0, stream: 'x'.repeat(64) })])
    if (i % 50 === 0) {
      g.config = { file: 'missing' }
      assert.ok(g.process([text(Buffer.alloc(65536), { attributes })]).error)
      g.config = {}
    }
  }
  for (let i = 0; i < 200; i++) once(i)
  explained(g, Buffer.alloc(65536, 'no term '))
  const before = g.memoryBytes
  for (let i = 0; i < 3000; i++) once(i)
  assert.equal(g.memoryBytes, before)
  assert.ok(before <= 1 << 19, `${before} bytes`)
})
