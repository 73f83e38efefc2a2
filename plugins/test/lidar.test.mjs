// The lidar handler against an independent reading of the same files in JavaScript.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { cosine, cut, Guest, positions, random, run, streamOf, surfaceOf } from './harness.mjs'
import { Vectors } from './vectors.mjs'

const wasm = new URL('../lidar/lidar.wasm', import.meta.url)
const turn = readFileSync(new URL('../samples/lidar.pcd', import.meta.url))
const guest = (config = {}, dimension = 1000) => new Guest(wasm, { config, dimension })
const pcd = (stream, more = {}) => ({ contentType: 'application/vnd.pcd', modality: 'data', stream, eventTimeNanos: 7, ...more })
const decode = (g, bytes, at = [], stream = 'a') => run(g, streamOf(cut(Buffer.from(bytes), at), pcd(stream)), 'decode')

// ---- the same, computed in another way ----

const xyz = points => Buffer.from(Float32Array.from(points.flat()).buffer)

function pointsOf(text) {
  const lines = text.trim().split('\n'), data = lines.findIndex(l => l.startsWith('DATA'))
  return lines.slice(data + 1).map(l => l.trim().split(/\s+/).slice(0, 3).map(Number))
}

/** A binary file whose fields come in another order, with others between them. */
function binary(points, { announced = points.length } = {}) {
  const head = `VERSION 0.7\nFIELDS ring z x normal y\nSIZE 2 4 4 4 4\nTYPE U F F F F\nCOUNT 1 1 1 3 1\nPOINTS ${announced}\nDATA binary\n`
  const body = Buffer.alloc(points.length * 26)
  points.forEach(([x, y, z], i) => {
    body.writeFloatLE(z, i * 26 + 2)
    body.writeFloatLE(x, i * 26 + 6)
    body.writeFloatLE(y, i * 26 + 22)
  })
  return Buffer.concat([Buffer.from(head), body])
}

const ascii = (lines, { fields = 'x y z', more = '' } = {}) => `FIELDS ${fields}\n${more}DATA ascii\n${lines.map(l => `${l}\n`).join('')}`

function assertPoints(result, points) {
  assert.equal(result.error, undefined)
  assert.deepEqual(result.payload, xyz(points))
  let from = 0
  for (const c of result.chunks) {
    const n = c.payload.length / 12, ranges = points.slice(from, from += n).map(p => Math.hypot(...p))
    assert.equal(c.attributes.points, String(n))
    assert.ok(Math.abs(c.attributes['nearest-m'] - Math.min(...ranges)) < 0.002, JSON.stringify(c.attributes))
    assert.ok(Math.abs(c.attributes['farthest-m'] - Math.max(...ranges)) < 0.002, JSON.stringify(c.attributes))
    assert.deepEqual([c.contentType, c.modality, c.eventTimeNanos], ['application/x-xyz-f32', 'lidar', 0n])
  }
}

// ---- contract ----

test('the module imports config and what it uses of vsa, and exports what a handler must', () => {
  const { module, manifest } = guest()
  assert.deepEqual(surfaceOf(module), {
    imports: ['config.get', 'vsa.bundle', 'vsa.random', 'vsa.release'],
    exports: ['cabi_post_decode', 'cabi_post_encode', 'cabi_realloc', 'decode', 'encode', 'memory'],
  })
  assert.deepEqual(manifest, JSON.parse(readFileSync(new URL('../lidar/lidar.json', import.meta.url))))
})

// ---- real files ----

test('a turn of a real lidar gives its points, 2,048 to a chunk', () => {
  const result = decode(guest(), turn)
  assertPoints(result, pointsOf(turn.toString()))
  assert.deepEqual(result.chunks.map(c => c.attributes.points), ['2048', '2048', '434'])
})

test('a file gives the same wherever it is cut', () => {
  const next = random(1), g = guest(), points = pointsOf(turn.toString())
  for (let i = 0; i < 20; i++) assertPoints(decode(g, turn, positions(next, turn.length, 1 + next(60))), points)
})

test('a binary file gives the same points as the text, cut anywhere', () => {
  const next = random(2), g = guest(), points = pointsOf(turn.toString()), bytes = binary(points)
  for (let i = 0; i < 10; i++) assertPoints(decode(g, bytes, positions(next, bytes.length, next(40))), points)
})

const spelled = ascii(['1 2 3', '', '\t-4.25 +5e0 .5\r', '  1e-1 2E+2 -3.e0', 'nan 1 2', 'NaN NaN NaN', '2000000 0 0', '0 0 -1e9', '1e99999999999 1 1', '7 8 9'],
  { more: '# a comment\r\n\r\nVIEWPOINT 0 0 0 1 0 0 0\r\nPOINTS 9\r\n' }).trimEnd()
const spelledPoints = [[1, 2, 3], [-4.25, 5, 0.5], [0.1, 200, -3], [7, 8, 9]]

test('numbers in all spellings; points without a place are left out; cut anywhere in two, and byte by byte', () => {
  const g = guest()
  for (let i = 0; i <= spelled.length; i++) assertPoints(decode(g, spelled, [i]), spelledPoints)
  assertPoints(decode(g, spelled, Array.from({ length: spelled.length }, (_, i) => i)), spelledPoints)
})

test('fields may come in any order, with others and with several values', () => {
  assertPoints(decode(guest(), ascii(['9 9 3 0.5 2 1'], { fields: 'rgb z i y x', more: 'COUNT 2 1 1 1 1\n' })), [[1, 2, 3]])
})

test('a file without points, and the empty end of one, give no chunk', () => {
  assert.deepEqual(decode(guest(), ascii([])).chunks, [])
  assert.deepEqual(decode(guest(), binary([])).chunks, [])
})

test('what stands behind the last point of a binary file is not read', () =>
  assertPoints(decode(guest(), Buffer.concat([binary([[1, 2, 3]]), Buffer.alloc(100)])), [[1, 2, 3]]))

// ---- what is wrong ----

test('errors say what is wrong with the file', () => {
  const wrong = {
    'the file ends within its header': ['', 'FIELDS x y z\n', 'hello\n'],
    'FIELDS has no x, y and z': ['DATA ascii\n', 'FIELDS x y\nDATA ascii\n'],
    'more than 16 FIELDS': [`FIELDS ${'a '.repeat(17)}\n`],
    'SIZE or COUNT is not a number from 1 to 64': ['FIELDS x\nSIZE 0\n', 'FIELDS x\nCOUNT 65\n', 'FIELDS x\nSIZE four\n'],
    'POINTS is not a number': ['POINTS\n', 'POINTS -1\n', 'POINTS 9999999999\n'],
    'DATA without a format': ['DATA\n'],
    'DATA is neither ascii nor binary': ['FIELDS x y z\nDATA binary_compressed\n'],
    'x, y and z are not 4-byte floats': ['FIELDS x y z\nSIZE 8 8 8\nTYPE F F F\nDATA binary\n', 'FIELDS x y z\nSIZE 4 4 4\nTYPE F F I\nDATA binary\n'],
    'a point has more than 256 bytes': ['FIELDS x y z a\nSIZE 4 4 4 64\nTYPE F F F F\nCOUNT 1 1 1 4\nDATA binary\n'],
    'a point has fewer values than there are FIELDS': [ascii(['1 2'])],
    'a coordinate is not a number': [ascii(['1 2 x']), ascii(['1 2 1.2.3']), ascii(['1 . 2']), ascii(['1 2 3e']), ascii(['1 2 3e+'])],
    'a line is longer than 1,024 bytes': ['x'.repeat(1025), ascii([`1 2 3${' '.repeat(1020)}`])],
    'the file ends within a point': [binary([[1, 2, 3]], { announced: 0 }).subarray(0, -1)],
    'the file has fewer points than its header says': [binary([[1, 2, 3]], { announced: 2 }), ascii(['1 2 3'], { more: 'POINTS 2\n' })],
  }
  const g = guest()
  for (const [text, files] of Object.entries(wrong))
    for (const file of files) {
      assert.equal(decode(g, file).error, text, String(file))
      assert.equal(decode(g, file, [1, 5].filter(n => n < file.length)).error, text, String(file))
    }
  assertPoints(decode(g, spelled), spelledPoints)
})

test('what follows an error is refused until the stream begins anew', () => {
  const g = guest()
  assert.equal(g.decode([pcd('a', { payload: ascii(['1 2 x']) })]).error, 'a coordinate is not a number')
  for (const sequence of [1, 2])
    assert.match(g.decode([pcd('a', { payload: ascii(['1 2 3']), sequence, last: sequence === 2 })]).error, /was in error/)
  assertPoints(decode(g, spelled), spelledPoints)
})

test('a guest that did not see the beginning says so and keeps its memory whole', () => {
  // Every line of this would be a point, were x, y and z one field: more than there is room for in one call.
  const payload = `FIELDS x\nSIZE 4\nTYPE F\nDATA ascii\n${'0\n'.repeat(32000)}`
  assert.match(guest().decode([pcd('a', { payload, sequence: 3 })]).error, /beginning of this point cloud was not seen/)
})

test('no bytes make it trap: header lines and numbers thrown together', () => {
  const next = random(3), g = guest()
  const words = ['FIELDS', 'SIZE', 'TYPE', 'COUNT', 'POINTS', 'DATA', 'ascii', 'binary', 'x', 'y', 'z', '4', 'F', '0', '64', '-1.5', 'nan', '#', '1e99', '\n', '\n', '\n']
  for (let i = 0; i < 2000; i++) {
    const known = next(2) ? 'FIELDS x y z a\nSIZE 4 4 4 4\nTYPE F F F F\n' : ''
    const bytes = Buffer.from(known + Array.from({ length: next(200) }, () => words[next(words.length)]).join(next(2) ? ' ' : '\n'))
    decode(g, bytes, positions(next, bytes.length, next(4)))
  }
  assertPoints(decode(g, spelled), spelledPoints)
})

// ---- bounds ----

test('a piece of 64 KiB that is nothing but the shortest points, behind one that left 2,047 over', () => {
  const g = guest(), first = ascii(Array(2047).fill('1 1 1')), full = '0 0 0\n'.repeat(10922) + '0 0 '
  assert.equal(full.length, 65536)
  assert.deepEqual(g.decode([pcd('a', { payload: first })]).chunks, [])
  const middle = g.decode([pcd('a', { payload: full, sequence: 1 })]).chunks
  const end = g.decode([pcd('a', { payload: `0\n${'0 0 0\n'.repeat(10922)}0`, sequence: 2, last: true })])
  assert.equal(end.error, 'a point has fewer values than there are FIELDS')
  assert.deepEqual(middle.map(c => c.attributes.points), Array(6).fill('2048'))

  g.decode([pcd('a', { payload: first })])
  const all = [pcd('a', { payload: full, sequence: 1 }), pcd('a', { payload: `0\n${'0 0 0\n'.repeat(10922)}`, sequence: 2, last: true })]
    .flatMap(piece => g.decode([piece]).chunks)
  assert.equal(all.reduce((sum, c) => sum + Number(c.attributes.points), 0), 2047 + 10922 + 1 + 10922)
})

test('interleaved streams do not mix', () => {
  const next = random(4), g = guest(), points = pointsOf(turn.toString())
  const parts = Array.from({ length: 8 }, (_, i) => points.slice(i * 500, i * 500 + 500 + next(500)))
  const queues = parts.map((p, i) => {
    const bytes = i % 2 ? binary(p) : Buffer.from(ascii(p.map(v => v.join(' '))))
    return streamOf(cut(bytes, positions(next, bytes.length, 9)), pcd(`s${i}`))
  })
  const out = parts.map(() => [])
  while (queues.some(q => q.length)) {
    const i = next(8)
    if (queues[i].length) out[i].push(...g.decode([queues[i].shift()]).chunks)
  }
  parts.forEach((p, i) => assertPoints({ chunks: out[i], payload: Buffer.concat(out[i].map(c => c.payload)) }, p))
})

test('the ninth open stream is refused, until one has ended or was in error', () => {
  const g = guest(), open = i => g.decode([pcd(`s${i}`, { payload: 'FIELDS x y z\n' })])
  for (let i = 0; i < 8; i++) assert.equal(open(i).error, undefined)
  assert.match(open(8).error, /8 point clouds are open already/)
  assert.equal(g.decode([pcd('s3', { payload: 'DATA ascii\n1 2 3', sequence: 1, last: true })]).chunks.length, 1)
  assert.equal(open(8).error, undefined)
  assert.match(g.decode([pcd('s4', { payload: 'DATA\n', sequence: 1 })]).error, /without a format/)
  assert.equal(open(9).error, undefined)
})

test('a stream that nobody ends does not keep its place for ever; one that begins again begins anew', () => {
  const g = guest()
  for (let i = 0; i < 8; i++) g.decode([pcd(`s${i}`, { payload: ascii(['1 1 1']) })])
  for (let i = 1; i < 1100; i++) g.decode([pcd('s0', { payload: '2 2 2\n', sequence: i })])
  assert.equal(g.decode([pcd('new', { payload: 'FIELDS' })]).error, undefined)
  assertPoints(decode(g, ascii(['3 3 3']), [], 's0'), [[3, 3, 3]])
})

test('a stream without a name, or with one too long, is refused', () => {
  for (const name of ['', 'x'.repeat(65)]) assert.match(decode(guest(), spelled, [], name).error, /1 to 64 bytes/)
  assertPoints(decode(guest(), spelled, [], 'x'.repeat(64)), spelledPoints)
})

test('memory does not grow from call to call', () => {
  const g = guest(), full = ascii(Array(10000).fill('0 0 0'))
  const { chunks } = decode(g, full)
  g.encode(chunks)
  const before = g.memoryBytes
  for (let i = 0; i < 300; i++) g.encode(decode(g, i % 2 ? full : turn, [], `s${i}`).chunks)
  assert.equal(g.memoryBytes, before)
  assert.equal(g.vectors.held.size, 0)
  assert.ok(before <= 2 << 20, `${before} bytes`)
})

// ---- hypervectors ----

const mask = (1n << 64n) - 1n
function mix(h) {
  h = ((h ^ (h >> 33n)) * 0xff51afd7ed558ccdn) & mask
  h = ((h ^ (h >> 33n)) * 0xc4ceb9fe1a85ec53n) & mask
  return h ^ (h >> 33n)
}

/** The bundle of the vectors of the first 128 cells, weighted with their points. */
function expectedVector(points, dimension, cell = 50) {
  const cells = new Map(), vectors = new Vectors(dimension)
  for (const [x, y] of points) {
    const at = v => BigInt(Math.floor(Math.fround(Math.fround(Math.fround(v) * 100) / cell)))
    const key = mix(BigInt.asUintN(64, at(x) * 0x9e3779b97f4a7c15n + at(y)))
    if (cells.has(key) || cells.size < 128) cells.set(key, (cells.get(key) ?? 0) + 1)
  }
  return vectors.bundled([...cells].map(([key, weight]) => [vectors.seeded(key), weight]))
}

test('the vector of each chunk is the bundle of its cells, and no vector is left behind', () => {
  const g = guest(), { chunks } = decode(g, turn), points = pointsOf(turn.toString())
  const { vectors } = g.encode(chunks)
  assert.deepEqual(vectors, chunks.map((_, i) => expectedVector(points.slice(i * 2048, (i + 1) * 2048), 1000)))
  assert.equal(g.vectors.held.size, 0)
  assert.ok(g.vectors.most <= 128 + chunks.length, `${g.vectors.most} vectors at once`)
})

test('the size of a cell is a setting; nonsense is the default', () => {
  const { chunks } = decode(guest(), turn), points = pointsOf(turn.toString()).slice(0, 2048)
  for (const [cell, means] of [['200', 200], ['1', 1], ['10000', 10000], ['0', 50], ['10001', 50], ['x', 50]])
    assert.deepEqual(guest({ cell }).encode([chunks[0]]).vectors, [expectedVector(points, 1000, means)], cell)
})

test('the same place seen again is similar, another place is not', () => {
  const next = random(5), g = guest({}, 4000)
  const place = Array.from({ length: 60 }, () => [next(400) / 10 - 20, next(400) / 10 - 20, 0])
  const again = place.map(([x, y, z]) => [x, y, z + 0.3]).reverse(), elsewhere = place.map(([x, y, z]) => [x + 100, y, z])
  const [a, b, c] = g.encode([place, again, elsewhere].map(p => ({ payload: xyz(p), modality: 'lidar' }))).vectors
  assert.ok(cosine(a, b) > 0.95, `${cosine(a, b)}`)
  assert.ok(Math.abs(cosine(a, c)) < 0.2, `${cosine(a, c)}`)
})

test('a chunk without points, or of any bytes, has a vector too', () => {
  const next = random(6), g = guest()
  const odd = Uint8Array.from({ length: 12 * 500 + 7 }, () => next(256))
  const [empty, short, nan, any] = g.encode([new Uint8Array(), odd.subarray(0, 11), xyz([[NaN, 0, 0], [Infinity, 0, 0]]), odd].map(payload => ({ payload }))).vectors
  for (const v of [empty, short, nan]) assert.ok(v.every(e => e === 0))
  assert.equal(any.length, 1000)
  assert.equal(g.vectors.held.size, 0)
})
