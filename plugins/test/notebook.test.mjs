// The notebook against a Map, with keys in the order of their bytes.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { Guest, random, surfaceOf } from './harness.mjs'

const wasm = new URL('../notebook/notebook.wasm', import.meta.url)
const opticks = readFileSync(new URL('../samples/opticks.txt', import.meta.url))
const guest = () => new Guest(wasm)
const MOST_KEYS = 16384, HEAP = 8 << 20, MOST_VALUE = 1 << 20
const value = (g, key) => {
  const answer = g.get(key)
  assert.equal(answer.error, undefined)
  return answer.value && Buffer.from(answer.value).toString('latin1')
}
const inOrder = keys => [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))

/** All pages one behind the other. */
function allKeys(g, prefix = '', limit = 1000) {
  const keys = []
  for (let cursor = ''; ;) {
    const page = g.keys(prefix, cursor, limit)
    keys.push(...page.keys)
    if (!page.next) return keys
    assert.equal(page.keys.length, limit)
    cursor = page.next
  }
}

/** So many keys of 8 bytes, with values of so many. */
function filled(count, size) {
  const g = guest()
  for (let i = 0; i < count; i++) assert.deepEqual(g.put(key(i), Buffer.alloc(size, i)), {})
  return g
}
const key = i => `k${String(i).padStart(7, '0')}`

// ---- contract ----

test('the module imports nothing, and exports what a backend must', () => {
  const { module, manifest } = guest()
  const functions = ['erase', 'flush', 'get', 'keys', 'put']
  assert.deepEqual(surfaceOf(module), { imports: [], exports: [...functions, ...functions.map(f => `cabi_post_${f}`), 'cabi_realloc', 'memory'].sort() })
  assert.deepEqual(manifest, JSON.parse(readFileSync(new URL('../notebook/notebook.json', import.meta.url))))
})

// ---- keys and values ----

test('what was put is there, until it is put anew or erased', () => {
  const g = guest()
  assert.equal(value(g, 'greeting'), null)
  assert.deepEqual(g.put('greeting', 'hello'), {})
  assert.deepEqual(g.put('greet', 'hi'), {})
  assert.equal(value(g, 'greeting'), 'hello')
  assert.equal(value(g, 'greetin'), null)
  assert.deepEqual(g.put('greeting', 'hello world'), {})
  assert.equal(value(g, 'greeting'), 'hello world')
  assert.deepEqual(g.erase('greeting'), {})
  assert.equal(value(g, 'greeting'), null)
  assert.equal(value(g, 'greet'), 'hi')
  assert.deepEqual(g.erase('never there'), {})
  assert.deepEqual(g.flush(), {})
})

test('any value is kept as it is: empty, zeros, a whole text', () => {
  const g = guest()
  for (const bytes of [Buffer.alloc(0), Buffer.alloc(3), Buffer.from([255, 0, 13, 10]), opticks]) {
    g.put('a', bytes)
    assert.deepEqual(Buffer.from(g.get('a').value), bytes)
  }
})

test('keys come in the order of their bytes, with a prefix, page by page', () => {
  const g = guest(), keys = ['b', 'a', 'ab', 'a\u0001', 'aé', 'a～', 'a😀', 'B', 'abc', 'ac', '日本']
  for (const k of keys) g.put(k, k)
  for (const prefix of ['', 'a', 'ab', 'abc', 'abcd', '日', 'c', '\u0001'])
    for (const limit of [1, 2, 3, 1000]) assert.deepEqual(allKeys(g, prefix, limit), inOrder(keys.filter(k => k.startsWith(prefix))), `${prefix} by ${limit}`)
  assert.deepEqual(guest().keys('', '', 10), { keys: [], next: '' })
})

test('a page begins at its cursor, also where that was erased or lies before the prefix', () => {
  const g = guest()
  for (const k of ['a1', 'a2', 'a3', 'b1']) g.put(k, '')
  assert.deepEqual(g.keys('a', '', 1), { keys: ['a1'], next: 'a2' })
  g.erase('a2')
  assert.deepEqual(g.keys('a', 'a2', 1), { keys: ['a3'], next: '' })
  assert.deepEqual(g.keys('b', 'a2', 1), { keys: ['b1'], next: '' })
  assert.deepEqual(g.keys('a', 'b', 1), { keys: [], next: '' })
})

test('any sequence of calls leaves what a Map has', () => {
  const next = random(1), g = guest(), map = new Map()
  for (let i = 0; i < 20000; i++) {
    const k = `${'ab'[next(2)]}${next(300)}`
    if (next(4) === 0) {
      g.erase(k)
      map.delete(k)
    } else {
      const v = String.fromCharCode(next(256)).repeat(next(4000))
      assert.deepEqual(g.put(k, Buffer.from(v, 'latin1')), {})
      map.set(k, v)
    }
    if (i % 50 === 0) assert.equal(value(g, k), map.get(k) ?? null)
  }
  assert.deepEqual(allKeys(g, '', 37), inOrder(map.keys()))
  for (const [k, v] of map) assert.equal(value(g, k), v)
})

// ---- bounds ----

test('keys of 1 to 1,024 bytes and values of at most 1 MiB', () => {
  const g = guest(), longest = 'k'.repeat(1024), largest = Buffer.alloc(MOST_VALUE, 7)
  assert.deepEqual(g.put(longest, largest), {})
  assert.deepEqual(Buffer.from(g.get(longest).value), largest)
  for (const k of ['', 'k'.repeat(1025)]) assert.match(g.put(k, '').error, /a key has 1 to 1,024 bytes/)
  assert.match(g.put('b', Buffer.alloc(MOST_VALUE + 1)).error, /at most 1 MiB/)
  assert.deepEqual(allKeys(g), [longest])
  for (const k of ['', 'k'.repeat(1025), 'k'.repeat(1023)]) assert.equal(value(g, k), null)
})

test('16,384 keys fill it; those that are there can be put anew, and an erased one makes room', () => {
  const g = filled(MOST_KEYS, 1)
  assert.match(g.put('one more', '').error, /full: 16,384 keys/)
  assert.deepEqual(g.put(key(5), 'anew'), {})
  assert.equal(value(g, key(5)), 'anew')
  g.erase(key(6))
  assert.deepEqual(g.put('one more', 'x'), {})
  const keys = allKeys(g, '', 1000)
  assert.equal(keys.length, MOST_KEYS)
  assert.deepEqual([keys[0], keys[6], keys.at(-1)], [key(0), key(7), 'one more'])
  assert.deepEqual(g.keys('', '', 100000).keys.length, 1000)
})

test('8 MiB fill it; a value that does not fit changes nothing', () => {
  const g = filled(64, HEAP / 64 - 8)
  assert.match(g.put('k', '').error, /full: 8 MiB/)
  assert.match(g.put(key(3), Buffer.alloc(HEAP / 64 - 7)).error, /full: 8 MiB/)
  for (let i = 0; i < 64; i++) assert.deepEqual(Buffer.from(g.get(key(i)).value), Buffer.alloc(HEAP / 64 - 8, i))
  assert.deepEqual(g.put(key(3), Buffer.alloc(HEAP / 64 - 8, 99)), {})
  g.erase(key(9))
  assert.deepEqual(g.put(key(2), Buffer.alloc(HEAP / 32 - 8, 98)), {})
  for (let i = 0; i < 64; i++) {
    const size = i === 9 ? null : i === 2 ? HEAP / 32 - 8 : HEAP / 64 - 8
    assert.deepEqual(g.get(key(i)).value, size && new Uint8Array(size).fill(i === 3 ? 99 : i === 2 ? 98 : i), `entry ${i}`)
  }
})

test('in a full notebook values of other sizes move about and stay whole', () => {
  const next = random(2), g = guest(), map = new Map()
  let refused = 0
  for (let i = 0; i < 6000; i++) {
    const k = key(next(900)), v = Buffer.alloc(next(20000), next(256))
    const others = [...map].reduce((sum, [other, bytes]) => sum + (other === k ? 0 : 8 + bytes.length), 0)
    const fits = others + 8 + v.length <= HEAP
    assert.equal(g.put(k, v).error === undefined, fits)
    if (fits) map.set(k, v)
    else refused++
  }
  assert.ok(refused > 50, `${refused} refused`)
  assert.deepEqual(allKeys(g), inOrder(map.keys()))
  for (const [k, v] of map) assert.deepEqual(Buffer.from(g.get(k).value), v)
})

test('to compact sixteen times as many entries does not take the square of it', () => {
  // Whoever is slow here is ended by the host at the limit of CPU time, and with the guest goes all that it kept.
  const fastest = count => {
    const size = HEAP / count - 8, g = filled(count, size)
    return Math.min(...Array.from({ length: 7 }, (_, i) => {
      const begun = performance.now()
      assert.deepEqual(g.put(key(i), Buffer.alloc(size)), {})
      return performance.now() - begun
    }))
  }
  const few = fastest(1024), many = fastest(MOST_KEYS)
  assert.ok(many < 40 * few, `${few} ms, then ${many} ms`)
})

test('memory does not grow from call to call', () => {
  const g = guest()
  g.put('a', Buffer.alloc(MOST_VALUE))
  g.keys('', '', 1000)
  const before = g.memoryBytes
  for (let i = 0; i < 200; i++) {
    g.put(`k${i % 3}`, Buffer.alloc(MOST_VALUE, i))
    g.get(`k${i % 3}`)
    g.keys('', '', 4294967295)
    g.erase('k1')
  }
  assert.equal(g.memoryBytes, before)
  assert.ok(before <= 10 << 20, `${before} bytes`)
})
