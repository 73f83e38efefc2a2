// Redact against an independent search in JavaScript.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { Guest, random, surfaceOf } from './harness.mjs'

const wasm = new URL('../redact/redact.wasm', import.meta.url)
const sample = name => readFileSync(new URL(`../samples/${name}`, import.meta.url))
const guest = () => new Guest(wasm)
const text = (payload, more = {}) => ({ modality: 'text', contentType: 'text/plain', stream: 'a', payload: Buffer.from(payload), ...more })

/** What leaves the pipeline when this text would. */
function leaves(g, payload) {
  const answer = g.postchunk([text(payload)])
  return answer.verdict === 'pass' ? Buffer.from(payload).toString('latin1') : Buffer.from(answer.chunks[0].payload).toString('latin1')
}
const assertLeaves = (g, before, after) => assert.equal(leaves(g, before), Buffer.from(after).toString('latin1'))

// ---- the same, computed in another way ----

const stars = string => string.replace(/\d/g, '*')
const luhn = digits => [...digits].reverse().reduce((sum, d, i) => sum + (i % 2 ? [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][d] : Number(d)), 0) % 10 === 0
const isCard = digits => digits.length >= 13 && digits.length <= 19 && luhn(digits)

function withoutAddresses(all) {
  for (let at = all.indexOf('@'); at >= 0; at = all.indexOf('@', at + 1)) {
    let from = at
    while (from > 0 && /[A-Za-z0-9._+-]/.test(all[from - 1])) from--
    const domain = /[A-Za-z0-9.-]*/y
    domain.lastIndex = at + 1
    const right = domain.exec(all)[0].replace(/[.-]+$/, '')
    if (from === at || !/.\./.test(right)) continue
    const length = at + 1 - from + right.length
    all = all.slice(0, from) + '*'.repeat(length) + all.slice(from + length)
  }
  return all
}

function withoutCards(all) {
  return all.replace(/\d(?:[ -]?\d)*/g, run => {
    if (isCard(run.replace(/\D/g, ''))) return stars(run)
    const parts = run.split(/(\D)/) // group, separator, group, …
    for (let g = 0; g < parts.length; g += 2)
      for (let end = Math.min(parts.length, g + 11); end > g; end -= 2) { // of 4 digits and more
        const groups = parts.slice(g, end).filter((_, i) => i % 2 === 0)
        if (groups.some((d, i) => d.length < (i === groups.length - 1 ? 3 : 4)) || !isCard(groups.join(''))) continue
        for (let i = g; i < end; i += 2) parts[i] = stars(parts[i])
        g = end - 1
        break
      }
    return parts.join('')
  })
}

// ---- contract ----

test('the module imports nothing, and exports its two hooks', () => {
  const { module, manifest } = guest()
  assert.deepEqual(surfaceOf(module),
    { imports: [], exports: ['cabi_post_custom', 'cabi_post_postchunk', 'cabi_realloc', 'custom', 'memory', 'postchunk'] })
  assert.deepEqual(manifest, JSON.parse(readFileSync(new URL('../redact/redact.json', import.meta.url))))
})

// ---- addresses ----

test('addresses become stars, and nothing around them', () => {
  const g = guest()
  for (const [before, after] of [
    ['Write to newton@example.org, please', 'Write to ******************, please'],
    ['a@b.c', '*****'],
    ['<first.last+tag_1@mail-2.example.co.uk>', '<*************************************>'],
    ['one@a.de,two@b.de', '*********'.slice(1) + ',********'],
    ['ends a@b.de. Or a@b.de... Or a@b.de--', 'ends ******. Or ******... Or ******--'],
    ['a@b.de._ and a@b.de.-.', '******._ and ******.-.'],
    ['a@b@c.de', 'a@******'],
    ['straße@x.de', 'straß******'],
  ]) assertLeaves(g, before, after)
})

test('what is no address stays', () => {
  const g = guest()
  for (const t of ['@', 'a@', '@b.de', 'a@b', 'a@b.', 'a@.de', 'a @b.de', 'a@@b.de'.slice(0, 3), 'x@_y.de', ''])
    assert.deepEqual(g.postchunk([text(t)]), { verdict: 'pass' }, t)
})

// ---- cards ----

const cards = ['4111111111111111', '5555555555554444', '378282246310005', '6011111111111117', '30569309025904', '4222222222222',
  '6304000000000000', '6731012345678906', '6304219447607087665']

test('numbers of cards become stars, in one piece or in groups', () => {
  const g = guest()
  for (const card of cards) {
    assertLeaves(g, `card ${card}.`, `card ${stars(card)}.`)
    for (const separator of [' ', '-']) {
      const grouped = card.replace(/(\d{4})(?=\d)/g, `$1${separator}`)
      assertLeaves(g, grouped, stars(grouped))
      assertLeaves(g, [...card].join(separator), [...stars(card)].join(separator))
    }
  }
})

test('a card is found between other numbers', () => {
  const g = guest(), card = '4111 1111 1111 1111', hidden = '**** **** **** ****'
  for (const [before, after] of [['', ' 12/27'], ['', ' 123'], ['', ' 1234'], ['2024-01-05 ', ''], ['12 ', ' 1'], ['1234 ', ' 1234 5678 9'],
    ['order 7 ', '-'], ['', ' 4111 1111 1111 1112']]) {
    assertLeaves(g, before + card + after, before + hidden + after)
    assertLeaves(g, before + card.replace(/ /g, '') + after, before + '*'.repeat(16) + after)
  }
  assertLeaves(g, `${card} ${card}`, `${hidden} ${hidden}`)
})

test('other numbers stay', () => {
  const g = guest(), card = '4111111111111111'
  for (const t of ['4111111111111112', '411111111111', '41111111111111111111', `${card}0000`, '4111  1111 1111 1111', '4111.1111.1111.1111',
    '4111 - 1111 1111 1111', '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20', '41 11 11 11 11 11 11 11 99 99 99 99'])
    assert.deepEqual(g.postchunk([text(t)]), { verdict: 'pass' }, t)
})

// ---- both ----

test('random text of what addresses and cards are made of leaves as JavaScript has it', () => {
  const next = random(1), g = guest()
  const parts = ['a', 'Z', '0', '@', '@', '.', '.', '-', '_', '+', ' ', 'é', '\n', 'b.de', 'a@b', ...cards, '4111 1111', ' 1111 1111', '1', '12', '123', '4', '-']
  let changed = 0
  for (let i = 0; i < 20000; i++) {
    const t = Array.from({ length: next(12) }, () => parts[next(parts.length)]).join(''), want = withoutCards(withoutAddresses(t))
    assertLeaves(g, t, want)
    changed += want !== t
  }
  assert.ok(changed > 2000 && changed < 18000, `${changed} changed`)
})

test('a real text and a table of numbers pass as they are', () => {
  const g = guest()
  for (const name of ['opticks.txt', 'laser-scans.csv', 'lidar.pcd']) {
    const bytes = sample(name)
    for (let from = 0; from < bytes.length; from += 8192)
      assert.deepEqual(g.postchunk([text(bytes.subarray(from, from + 8192))]), { verdict: 'pass' }, `${name} from ${from}`)
  }
})

test('of any bytes only whole findings change, in place', () => {
  const next = random(2), g = guest()
  for (let i = 0; i < 300; i++) {
    const bytes = Buffer.from(Uint8Array.from({ length: next(3000) }, () => (next(2) ? 0x30 + next(17) : next(256))))
    assert.equal(leaves(g, bytes), withoutCards(withoutAddresses(bytes.toString('latin1'))))
  }
})

// ---- which chunks ----

test('text is what has the modality or a content type of text; the rest is not looked at', () => {
  const g = guest(), t = 'a@b.de'
  for (const more of [{ modality: 'data', contentType: 'text/csv' }, { contentType: '' }, { contentType: 'application/json' }])
    assert.equal(g.postchunk([text(t, more)]).verdict, 'change', JSON.stringify(more))
  for (const more of [{ modality: 'vision', contentType: 'image/png' }, { modality: '', contentType: '' }, { modality: 'data', contentType: 'text' }])
    assert.deepEqual(g.postchunk([text(t, more)]), { verdict: 'pass' }, JSON.stringify(more))
})

test('of several chunks all go on, and only payloads of text differ', () => {
  const more = { attributes: { key: 'v', 'host.x': '1' }, sequence: 4, eventTimeNanos: -7n, last: true }
  const chunks = [text('plain', more), text('a@b.de', more), text('a@b.de', { ...more, modality: 'voice', contentType: 'audio/wav' }), text('', more)]
  const { verdict, chunks: out } = guest().postchunk(chunks)
  assert.equal(verdict, 'change')
  assert.deepEqual(out.map(c => ({ ...c, payload: Buffer.from(c.payload) })), chunks.map((c, i) => (i === 1 ? { ...c, payload: Buffer.from('******') } : c)))
  assert.deepEqual(guest().postchunk([]), { verdict: 'pass' })
})

test('what is cut in two by the border of two chunks is not found', () => {
  const g = guest()
  assert.deepEqual(['newton@example', '.org'].map(t => g.postchunk([text(t)]).verdict), ['pass', 'pass'])
})

test('the custom hook does the same with what it is given', () => {
  const g = guest(), custom = t => Buffer.from(g.custom('redact', t).bytes).toString()
  assert.equal(custom('bob@example.org has 4111-1111-1111-1111'), '*************** has ****-****-****-****')
  assert.equal(custom('nothing'), 'nothing')
  assert.equal(custom(''), '')
})

// ---- bounds ----

test('full chunks of the worst kind are done, and memory does not grow', () => {
  const g = guest()
  const worst = ['1', '1 ', '12345678901234567890 ', 'a@', '@', 'a@b.', '.', '4111 1111 1111 1112 ', 'a@b.c '].map(t => t.repeat(65536).slice(0, 65536))
  for (const t of worst) assertLeaves(g, t, withoutCards(withoutAddresses(t)))
  const before = g.memoryBytes
  for (let i = 0; i < 200; i++) for (const t of worst) g.postchunk([text(t)]), g.custom('redact', t)
  assert.equal(g.memoryBytes, before)
  assert.ok(before <= 1 << 19, `${before} bytes`)
})
