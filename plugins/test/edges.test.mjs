// The edges against an independent computation: pixels that this file made itself, or that node's zlib unpacks and a
// simple decoder here unfilters; a simple Sobel over them.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import zlib from 'node:zlib'
import { cut, Guest, positions, random, run, streamOf } from './harness.mjs'

const wasm = new URL('../edges/edges.wasm', import.meta.url)
const cat = readFileSync(new URL('../samples/cat.png', import.meta.url))
const guest = (config = {}) => new Guest(wasm, { config })
const vision = (stream, more = {}) => ({ modality: 'vision', stream, contentType: 'image/png', eventTimeNanos: 7, ...more })
const edges = (g, bytes, at = [], stream = 'a') => run(g, streamOf(cut(bytes, at), vision(stream)))

// ---- the same, computed in another way ----

function sobel({ width, height, grey }, { threshold = 64, binary = false } = {}) {
  const at = (x, y) => grey[Math.min(Math.max(y, 0), height - 1) * width + Math.min(Math.max(x, 0), width - 1)]
  const out = Buffer.alloc(width * height)
  let found = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let gx = 0, gy = 0
      for (const [d, weight] of [[-1, 1], [0, 2], [1, 1]]) {
        gx += weight * (at(x + 1, y + d) - at(x - 1, y + d))
        gy += weight * (at(x + d, y + 1) - at(x + d, y - 1))
      }
      const strength = Math.min(255, Math.floor((Math.abs(gx) + Math.abs(gy)) / 4))
      if (strength >= threshold) found++
      out[y * width + x] = binary ? (strength >= threshold ? 255 : 0) : strength
    }
  }
  const floor = (n, decimals) => (Math.floor(n * 10 ** decimals + 1e-9) / 10 ** decimals).toFixed(decimals)
  return {
    pgm: Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), out]),
    density: floor(found / (width * height), 4),
    brightness: floor(grey.reduce((a, b) => a + b, 0) / (width * height), 1),
  }
}

const luma = (r, g, b) => Math.floor((77 * r + 150 * g + 29 * b) / 256)

/** The brightness of each pixel; `sample(x, y, channel)` gives the samples as they stand in the file. */
function greyOf({ width, height, colour, depth, palette }, sample) {
  const full = 2 ** depth - 1, to8 = v => (depth === 16 ? v >> 8 : Math.floor((v * 255) / full))
  return Array.from({ length: width * height }, (_, i) => {
    const s = c => sample(i % width, Math.floor(i / width), c)
    if (colour === 3) return luma(...(palette[s(0)] ?? [0, 0, 0]))
    return colour === 2 || colour === 6 ? luma(to8(s(0)), to8(s(1)), to8(s(2))) : to8(s(0))
  })
}

function assertSame(result, want, format) {
  assert.equal(result.error, undefined)
  assert.ok(result.payload.equals(want.pgm), 'another picture')
  const [, width, height] = /^P5\n(\d+) (\d+)\n/.exec(want.pgm.toString('latin1'))
  assert.deepEqual(result.attributes,
    { width, height, 'edge-density': want.density, brightness: want.brightness, 'source-format': format })
}

// ---- PNG, written and read ----

const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

function pngChunk(kind, body) {
  const all = Buffer.concat([Buffer.alloc(4), Buffer.from(kind), body, Buffer.alloc(4)])
  all.writeUInt32BE(body.length, 0)
  all.writeUInt32BE(crc32(all.subarray(4, -4)), all.length - 4)
  return all
}

function crc32(bytes) {
  let c = 0xFFFFFFFF
  for (const b of bytes) {
    c ^= b
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xEDB88320 : c >>> 1
  }
  return (c ^ 0xFFFFFFFF) >>> 0
}

const paeth = (a, b, c) => {
  const p = a + b - c, pa = Math.abs(p - a), pb = Math.abs(p - b), pc = Math.abs(p - c)
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c
}
const foretell = (filter, a, b, c) => [0, a, b, (a + b) >> 1, paeth(a, b, c)][filter]

/** A PNG of random or smooth samples, with a filter of its own for each row. */
function makePng({ width, height, colour, depth, palette, interlace = 0, deflate = {}, split = 8192, filters, seed = 1, noise = 3, more = [] }) {
  const next = random(seed), channels = CHANNELS[colour], full = 2 ** depth - 1
  const most = colour === 3 ? palette.length - 1 : full
  const values = Array.from({ length: width * height * channels }, (_, i) => {
    const pixel = Math.floor(i / channels), x = pixel % width, y = Math.floor(pixel / width)
    return Math.min(most, Math.floor((Math.abs(Math.sin(x / 9 + i % channels) * Math.cos(y / 7)) * most * 3) / 4 + next(noise)))
  })
  const rowBytes = Math.ceil((width * channels * depth) / 8), bpp = Math.max(1, (channels * depth) / 8)
  const raw = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(rowBytes)
    for (let i = 0; i < width * channels; i++) {
      const v = values[y * width * channels + i]
      if (depth === 16) row.writeUInt16BE(v, i * 2)
      else row[Math.floor((i * depth) / 8)] |= v << (8 - depth - ((i * depth) % 8))
    }
    return row
  })
  const filtered = raw.map((row, y) => {
    const filter = filters ? filters[y % filters.length] : next(5)
    const above = raw[y - 1] ?? Buffer.alloc(rowBytes)
    return Buffer.from([filter, ...row.map((v, i) => v - foretell(filter, row[i - bpp] ?? 0, above[i], above[i - bpp] ?? 0))])
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([depth, colour, 0, 0, interlace], 8)
  const data = zlib.deflateSync(Buffer.concat(filtered), deflate)
  return {
    grey: greyOf({ width, height, colour, depth, palette }, (x, y, c) => values[(y * width + x) * channels + c]),
    width, height,
    bytes: Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), pngChunk('IHDR', header), ...more,
      ...(palette ? [pngChunk('PLTE', Buffer.from(palette.flat()))] : []),
      ...cut(data, Array.from({ length: Math.floor(data.length / split) }, (_, i) => (i + 1) * split)).map(d => pngChunk('IDAT', d)),
      pngChunk('IEND', Buffer.alloc(0)),
    ]),
  }
}

function readPng(bytes) {
  let width, height, colour, data = []
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at), kind = bytes.toString('latin1', at + 4, at + 8), body = bytes.subarray(at + 8, at + 8 + length)
    if (kind === 'IHDR') [width, height, colour] = [body.readUInt32BE(0), body.readUInt32BE(4), body[9]]
    if (kind === 'IDAT') data.push(body)
    at += 12 + length
  }
  const raw = zlib.inflateSync(Buffer.concat(data)), bpp = CHANNELS[colour], rowBytes = width * bpp
  for (let y = 0; y < height; y++) {
    const row = y * (rowBytes + 1) + 1, filter = raw[row - 1]
    for (let i = 0; i < rowBytes; i++) {
      const a = i >= bpp ? raw[row + i - bpp] : 0, b = y ? raw[row + i - rowBytes - 1] : 0
      raw[row + i] += foretell(filter, a, b, i >= bpp && y ? raw[row + i - bpp - rowBytes - 1] : 0)
    }
  }
  return { width, height, grey: greyOf({ width, height, colour, depth: 8 }, (x, y, c) => raw[y * (rowBytes + 1) + 1 + x * bpp + c]) }
}

// ---- contract ----

test('the module imports log and config and nothing else, and exports what a stage must', () => {
  const { module, manifest } = guest()
  assert.deepEqual(WebAssembly.Module.imports(module).map(i => `${i.module}.${i.name}`).sort(),
    ['trinity:plugin/config@0.1.0.get', 'trinity:plugin/log@0.1.0.log'])
  const names = WebAssembly.Module.exports(module).filter(e => e.kind !== 'global').map(e => e.name).sort()
  assert.deepEqual(names, ['cabi_post_process', 'cabi_realloc', 'memory', 'process'])
  assert.deepEqual(manifest, JSON.parse(readFileSync(new URL('../edges/edges.json', import.meta.url))))
})

test('chunks of other modalities pass unchanged', () => {
  const chunk = {
    modality: 'text', stream: 'x', contentType: 'text/plain', payload: Uint8Array.of(65), attributes: { a: 'B', 'host.c': '' },
    sequence: 3, eventTimeNanos: -5n, last: true,
  }
  assert.deepEqual(guest().process([chunk]), { chunks: [chunk] })
})

// ---- a real photograph ----

test('a photograph gives the edges that an independent computation gives, wherever it is cut', () => {
  const next = random(1), g = guest(), picture = readPng(cat), want = sobel(picture)
  assertSame(edges(g, cat), want, 'png')
  for (let i = 0; i < 20; i++) assertSame(edges(g, cat, positions(next, cat.length, 1 + next(40))), want, 'png')
  assertSame(edges(g, cat, Array.from(cat.keys()).slice(1)), want, 'png')
  assert.deepEqual(g.logged[0].fields,
    { width: '270', height: '180', 'edge-density': want.density, brightness: want.brightness, 'source-format': 'png' })
})

test('rows go on as soon as they are known, and each chunk says what it is', () => {
  const { chunks } = edges(guest(), cat)
  assert.equal(chunks.length, 2)
  assert.ok(chunks[0].payload.length > 20000, 'most rows come with the first piece')
  assert.deepEqual(chunks.map(c => [c.modality, c.contentType, c.attributes.width, c.attributes.height]),
    Array(2).fill(['vision', 'image/x-portable-graymap', '270', '180']))
  assert.deepEqual(chunks.map(c => 'edge-density' in c.attributes), [false, true])
})

test('settings: threshold and binary', () => {
  const picture = readPng(cat)
  for (const settings of [{ threshold: 0 }, { threshold: 20 }, { threshold: 255, binary: true }, { threshold: 30, binary: true }])
    assertSame(edges(guest(settings), cat), sobel(picture, settings), 'png')
})

// ---- every kind of PNG ----

const palette = n => Array.from({ length: n }, (_, i) => [(i * 37) % 256, (i * 91) % 256, 255 - i])
const KINDS = [
  ...[1, 2, 4, 8, 16].map(depth => ({ colour: 0, depth })),
  ...[1, 2, 4, 8].map(depth => ({ colour: 3, depth, palette: palette(2 ** depth - (depth > 1 ? 1 : 0)) })),
  ...[2, 4, 6].flatMap(colour => [8, 16].map(depth => ({ colour, depth }))),
]

test('every colour type and depth, with every filter, in odd sizes', () => {
  const g = guest()
  for (const [i, kind] of KINDS.entries())
    for (const [width, height] of [[1, 1], [2, 5], [13, 1], [1, 9], [61, 37]]) {
      const png = makePng({ width, height, ...kind, seed: i })
      assertSame(edges(g, png.bytes, positions(random(i), png.bytes.length, 5)), sobel(png), 'png')
    }
})

test('stored, fixed and dynamic blocks, long and short matches', () => {
  const g = guest(), { Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE, Z_FILTERED } = zlib.constants
  const ways = [{ level: 0 }, { level: 1 }, { level: 9 }, { level: 9, memLevel: 1 }, { strategy: Z_FIXED }, { strategy: Z_HUFFMAN_ONLY },
    { strategy: Z_RLE }, { strategy: Z_FILTERED }, { windowBits: 9 }]
  for (const [i, deflate] of ways.entries())
    for (const noise of [1, 3, 200]) {
      const png = makePng({ width: 211, height: 199, colour: 2, depth: 8, deflate, noise, seed: i, split: 1 + i * 1000 })
      assertSame(edges(g, png.bytes, positions(random(i), png.bytes.length, 9)), sobel(png), 'png')
    }
})

test('chunks that are only remarks are passed over', () => {
  const more = [pngChunk('tEXt', Buffer.from('Comment\0hello')), pngChunk('gAMA', Buffer.from([0, 0, 177, 143])), pngChunk('tIME', Buffer.alloc(0))]
  const png = makePng({ width: 30, height: 20, colour: 6, depth: 8, more })
  const bytes = Buffer.concat([png.bytes, Buffer.from('something behind it')])
  for (let at = 0; at < 120; at++) assertSame(edges(guest(), bytes, [at]), sobel(png), 'png')
})

test('a picture of 4,096 pixels a row, in many pieces', () => {
  const png = makePng({ width: 4096, height: 70, colour: 6, depth: 16, noise: 60000, deflate: { level: 1 } })
  const result = edges(guest(), png.bytes)
  assert.ok(result.chunks.length > 20)
  assertSame(result, sobel(png), 'png')
})

// ---- PGM and PPM ----

test('binary PGM and PPM, with comments, other largest values, and cut anywhere', () => {
  const g = guest(), next = random(5)
  for (const [kind, channels] of [['P5', 1], ['P6', 3]])
    for (const most of [255, 100, 1]) {
      const width = 23, height = 17, values = Buffer.from(Array.from({ length: width * height * channels }, () => next(most + 1)))
      const to8 = i => Math.floor((values[i] * 255) / most)
      const grey = Array.from({ length: width * height }, (_, i) => (channels === 1 ? to8(i) : luma(to8(3 * i), to8(3 * i + 1), to8(3 * i + 2))))
      const bytes = Buffer.concat([Buffer.from(`${kind} # made 4 you\n# twice\n${width}\t${height}\r\n${most}\n`), values])
      const want = sobel({ width, height, grey })
      for (let i = 0; i < 80; i++) assertSame(edges(g, bytes, [i]), want, kind === 'P5' ? 'pgm' : 'ppm')
      assertSame(edges(g, bytes, Array.from(bytes.keys()).slice(1)), want, kind === 'P5' ? 'pgm' : 'ppm')
    }
})

// ---- what cannot be read ----

const small = makePng({ width: 40, height: 30, colour: 2, depth: 8, noise: 99 }).bytes
const broken = (at, value, bytes = small) => {
  const copy = Buffer.from(bytes)
  copy[at] = value
  return copy
}

test('what cannot be read is told in a sentence', () => {
  const says = (bytes, error, g = guest()) => assert.match(edges(g, bytes).error ?? 'no error', error)
  says(Buffer.from('\xFF\xD8\xFF\xE0', 'latin1'), /it is a JPEG/)
  says(Buffer.from('BM123456'), /it is a BMP/)
  says(Buffer.from('hello world'), /does not begin as/)
  says(Buffer.from('P3 1 1 255 0 0 0'), /neither PGM/)
  says(Buffer.from('P5 1 1 65535 0'), /largest value/)
  says(Buffer.from('P5 0 1 255 0'), /no pixels/)
  says(Buffer.from('P5 9999999 1 255 0'), /too large/)
  says(Buffer.from('P5 5000 1 255 0'), /larger than/)
  says(Buffer.from('P5 x'), /header is damaged/)
  says(Buffer.alloc(0), /ends after row 0 of 0/)
  says(small.subarray(0, 30), /ends after row 0 of/)
  says(small.subarray(0, small.length / 2), /ends after row \d+ of 30/)
  says(makePng({ width: 8, height: 8, colour: 2, depth: 8, interlace: 1 }).bytes, /interlaced/)
  says(broken(23, 99), /check sum is wrong/)
  says(broken(16 + 8, 3), /header is damaged/)
  says(broken(10, 1), /header is damaged/)
  says(broken(small.indexOf('IDAT'), 0x41), /must be understood/)
  says(makePng({ width: 8, height: 8, colour: 2, depth: 8, filters: [0, 7] }).bytes, /no known filter/)
  const tooFar = pngChunk('IDAT', Buffer.from([0x78, 0x01, 0x03, 0x02, 0x00])) // a match, and nothing before it
  says(Buffer.concat([small.subarray(0, 33), tooFar]), /before the beginning/)
  const pal = makePng({ width: 8, height: 8, colour: 3, depth: 8, palette: palette(9) }).bytes
  says(Buffer.concat([pal.subarray(0, 33), pal.subarray(33 + 12 + 27)]), /palette is missing/)
})

test('after an error the rest of the stream is refused, and other streams and new ones are served', () => {
  const g = guest()
  assert.match(g.process([vision('a', { payload: 'GIF89a..' })]).error, /cannot be read/)
  assert.match(g.process([vision('a', { payload: 'more', sequence: 1 })]).error, /joined after its beginning/)
  assert.equal(edges(g, cat, [], 'b').error, undefined)
  assert.equal(edges(g, cat, [], 'a').error, undefined)
})

test('a small file that unpacks to very much is refused', () => {
  const png = zlib.deflateSync(Buffer.alloc(4097 * 4000))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(4096, 0)
  header.writeUInt32BE(4000, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const bytes = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), pngChunk('IHDR', header), pngChunk('IDAT', png)])
  assert.match(edges(guest(), bytes).error, /more than 1,048,576 pixels/)
})

test('damaged files give an error or a picture, never a trap', () => {
  const next = random(7), g = guest()
  const files = [small, cat.subarray(0, 20000), Buffer.concat([Buffer.from('P6 9 9 255\n'), Buffer.alloc(243, 77)]),
    makePng({ width: 64, height: 64, colour: 3, depth: 4, palette: palette(16) }).bytes]
  for (let i = 0; i < 3000; i++) {
    const bytes = Buffer.from(files[i % files.length])
    for (let k = 0; k <= next(4); k++) bytes[next(bytes.length)] = next(256)
    edges(g, bytes, positions(next, bytes.length, next(4)))
  }
  // Behind the check sum: damaged compressed data with a check sum that fits.
  const data = zlib.deflateSync(Buffer.concat(Array.from({ length: 50 }, () => Buffer.from([next(5), ...Buffer.alloc(90, next(256))]))))
  const header = Buffer.from([0, 0, 0, 30, 0, 0, 0, 50, 8, 2, 0, 0, 0])
  let errors = 0
  for (let i = 0; i < 5000; i++) {
    const bad = Buffer.from(data)
    for (let k = 0; k <= next(3); k++) bad[next(bad.length)] ^= 1 << next(8)
    const bytes = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), pngChunk('IHDR', header), pngChunk('IDAT', bad), pngChunk('IEND', Buffer.alloc(0))])
    if (edges(g, bytes).error) errors++
  }
  assert.ok(errors > 1000)
})

// ---- streams and bounds ----

test('interleaved pictures do not mix', () => {
  const next = random(4), g = guest()
  const pictures = Array.from({ length: 8 }, (_, i) => makePng({ width: 50 + i, height: 40, colour: 2, depth: 8, seed: i }))
  const queues = pictures.map((p, i) => streamOf(cut(p.bytes, positions(next, p.bytes.length, 9)), vision(`s${i}`)))
  const out = pictures.map(() => [])
  while (queues.some(q => q.length)) {
    const i = next(8)
    if (queues[i].length) out[i].push(...g.process([queues[i].shift()]).chunks)
  }
  pictures.forEach((p, i) => assertSame({ payload: Buffer.concat(out[i].map(c => c.payload)), attributes: out[i].at(-1).attributes }, sobel(p), 'png'))
})

test('the ninth open stream is refused, until one has ended or was abandoned; a stream that begins again begins anew', () => {
  const g = guest(), open = i => g.process([vision(`s${i}`, { payload: small.subarray(0, 100) })])
  for (let i = 0; i < 8; i++) assert.equal(open(i).error, undefined)
  assert.match(open(8).error, /8 pictures are open already/)
  assert.equal(edges(g, cat, [], 's3').error, undefined)
  assert.equal(open(8).error, undefined)
  assert.match(open(9).error, /8 pictures are open already/)
  for (let i = 0; i < 1100; i++) open(8)
  assert.equal(open(9).error, undefined)
})

test('given attributes stay, and the limits of the contract are kept', () => {
  const send = attributes => guest().process([vision('a', { payload: small, attributes, last: true })]).chunks[0].attributes
  const all = send({ title: 'T', width: '99', 'host.x': '1' })
  assert.deepEqual(Object.keys(all).sort(), ['brightness', 'edge-density', 'height', 'host.x', 'source-format', 'title', 'width'])
  assert.deepEqual([all.title, all.width, all['host.x']], ['T', '40', '1'])
  const many = Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`n${i}`, 'v']))
  assert.deepEqual(send(many), { ...many, width: '40' })
  const full = { n: 'v'.repeat(4095) }
  assert.deepEqual(send(full), full)
})

test('memory stays below 4 MiB and does not grow from call to call', () => {
  const g = guest()
  for (let i = 0; i < 3; i++) edges(g, cat, [], `s${i}`)
  const before = g.memoryBytes
  for (let i = 0; i < 100; i++) edges(g, cat, [], `s${i}`)
  assert.equal(g.memoryBytes, before)
  assert.ok(before <= 4 << 20, `${before} bytes`)
})
