// Runs a plugin as Trinity does, through the canonical ABI, with the host's side in JavaScript. For our own tests and
// for plugin authors:
//
//   const guest = new Guest('plugins/tokenizer/tokenizer.wasm', { config: { top: '3' } })
//   guest.process([{ modality: 'text', stream: 'a', payload: bytes, last: true }])   // { chunks: […] } or { error: '…' }
//
// It is stricter than a host needs to be: it checks every pointer, every limit of the contract, and that no host
// function is called in cabi_realloc and cabi_post_….
import { readFileSync } from 'node:fs'

const CHUNK = 64, PAIR = 16
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error']
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** The plugin broke the contract. */
export class Lie extends Error {}

export const manifestOf = module => JSON.parse(decoder.decode(WebAssembly.Module.customSections(module, 'trinity:manifest')[0]))

export class Guest {
  logged = []
  #busy = ''

  constructor(file, { config = {} } = {}) {
    this.module = new WebAssembly.Module(typeof file === 'string' || file instanceof URL ? readFileSync(file) : file)
    this.manifest = manifestOf(this.module)
    this.config = config
    const at = name => `trinity:plugin/${name}@0.1.0`
    this.exports = new WebAssembly.Instance(this.module, {
      [at('log')]: { log: this.#hostFunction((level, text, length, fields, count) => this.#log(level, text, length, fields, count)) },
      [at('config')]: { get: this.#hostFunction((key, length, out) => this.#get(key, length, out)) },
    }).exports
    this.exports._initialize?.()
  }

  get memoryBytes() { return this.exports.memory.buffer.byteLength }

  /** Calls process. A chunk may leave out what is empty; `payload` is a Uint8Array or a string. */
  process(chunks) {
    const at = this.#alloc(chunks.length * CHUNK, 8)
    chunks.forEach((c, i) => this.#lowerChunk(at + i * CHUNK, c))
    const area = this.exports.process(at, chunks.length)
    const failed = this.#view(area, 12, 4).getUint8(0)
    const ptr = this.#u32(area + 4), count = this.#u32(area + 8)
    if (failed > 1) throw new Lie(`a result has tag ${failed}`)
    const result = failed ? { error: this.#text(ptr, count) } : { chunks: this.#liftChunks(ptr, count) }
    this.#during('cabi_post_process', () => this.exports.cabi_post_process?.(area))
    return result
  }

  // ---- host functions ----

  #hostFunction(body) {
    return (...arguments_) => {
      if (this.#busy) throw new Lie(`a host function was called in ${this.#busy}`)
      return body(...arguments_)
    }
  }

  #log(level, text, length, fields, count) {
    if (level >= LEVELS.length) throw new Lie(`log level ${level}`)
    this.logged.push({ level: LEVELS[level], message: this.#text(text, length), fields: Object.fromEntries(this.#pairs(fields, count)) })
  }

  #get(keyAt, length, out) {
    const key = this.#text(keyAt, length)
    const value = this.config[key] ?? this.manifest.config?.[key]?.default
    this.#view(out, 12, 4).setUint8(0, value === undefined ? 0 : 1)
    if (value !== undefined) this.#lowerBytes(out + 4, String(value))
  }

  // ---- memory ----

  #view(at, size, align) {
    if (at % align) throw new Lie(`address ${at} is not aligned to ${align}`)
    if (at + size > this.memoryBytes) throw new Lie(`${size} bytes at ${at} lie outside of the memory`)
    return new DataView(this.exports.memory.buffer, at, size)
  }
  #u32(at) { return this.#view(at, 4, 4).getUint32(0, true) }
  #setU32(at, n) { this.#view(at, 4, 4).setUint32(0, n, true) }
  #bytes(at, length) { return new Uint8Array(this.#view(at >>> 0, length >>> 0, 1).buffer, at >>> 0, length >>> 0) }
  #text(at, length) { return decoder.decode(this.#bytes(at, length)) }

  #during(name, body) {
    this.#busy = name
    try { return body() } finally { this.#busy = '' }
  }

  #alloc(size, align) {
    if (size === 0) return align
    const at = this.#during('cabi_realloc', () => this.exports.cabi_realloc(0, 0, align, size)) >>> 0
    this.#view(at, size, align)
    return at
  }

  // ---- lowering and lifting ----

  #lowerBytes(at, value) {
    const bytes = typeof value === 'string' ? encoder.encode(value) : value ?? new Uint8Array()
    const to = this.#alloc(bytes.length, 1)
    this.#bytes(to, bytes.length).set(bytes)
    this.#setU32(at, to)
    this.#setU32(at + 4, bytes.length)
  }

  #lowerChunk(at, c) {
    this.#lowerBytes(at, c.payload)
    this.#lowerBytes(at + 8, c.contentType ?? '')
    this.#lowerBytes(at + 16, c.modality ?? '')
    this.#lowerBytes(at + 24, c.stream ?? '')
    const pairs = Object.entries(c.attributes ?? {})
    const list = this.#alloc(pairs.length * PAIR, 4)
    pairs.forEach(([name, value], i) => {
      this.#lowerBytes(list + i * PAIR, name)
      this.#lowerBytes(list + i * PAIR + 8, value)
    })
    this.#setU32(at + 32, list)
    this.#setU32(at + 36, pairs.length)
    const view = this.#view(at, CHUNK, 8)
    view.setBigUint64(40, BigInt(c.sequence ?? 0), true)
    view.setBigInt64(48, BigInt(c.eventTimeNanos ?? 0), true)
    view.setUint8(56, c.last ? 1 : 0)
  }

  #pairs(at, count) {
    return Array.from({ length: count }, (_, i) => {
      const p = at + i * PAIR
      return [this.#text(this.#u32(p), this.#u32(p + 4)), this.#text(this.#u32(p + 8), this.#u32(p + 12))]
    })
  }

  #liftChunks(at, count) {
    if (count) this.#view(at, count * CHUNK, 8)
    return Array.from({ length: count }, (_, i) => {
      const c = at + i * CHUNK, text = offset => this.#text(this.#u32(c + offset), this.#u32(c + offset + 4))
      const payload = this.#bytes(this.#u32(c), this.#u32(c + 4)).slice()
      const pairs = this.#pairs(this.#u32(c + 32), this.#u32(c + 36))
      const attributes = Object.fromEntries(pairs)
      const size = pairs.reduce((sum, pair) => sum + encoder.encode(pair.join('')).length, 0)
      if (payload.length > 65536) throw new Lie(`a payload of ${payload.length} bytes`)
      if (pairs.length > 32 || size > 4096) throw new Lie(`${pairs.length} attributes of ${size} bytes`)
      if (Object.keys(attributes).length < pairs.length) throw new Lie('an attribute stands twice')
      const view = this.#view(c, CHUNK, 8)
      return {
        payload, contentType: text(8), modality: text(16), stream: text(24), attributes,
        sequence: Number(view.getBigUint64(40, true)), eventTimeNanos: view.getBigInt64(48, true), last: view.getUint8(56) === 1,
      }
    })
  }
}

/** Cuts bytes into pieces: before each of the positions, and where a piece would be longer than 64 KiB. */
export function cut(bytes, positions) {
  const pieces = []
  let from = 0
  for (const to of [...positions, bytes.length]) {
    for (; to - from > 65536; from += 65536) pieces.push(bytes.subarray(from, from + 65536))
    pieces.push(bytes.subarray(from, to))
    from = to
  }
  return pieces
}

/** The chunks of a stream that carries these pieces. */
export const streamOf = (pieces, chunk) =>
  pieces.map((payload, i) => ({ ...chunk, payload, sequence: i, last: i === pieces.length - 1 }))

/** Sends the chunks one by one; all that comes out, its payloads joined, and the attributes of the last one. */
export function run(guest, chunks) {
  const out = []
  for (const chunk of chunks) {
    const result = guest.process([chunk])
    if (result.error) return result
    out.push(...result.chunks)
  }
  return { chunks: out, payload: Buffer.concat(out.map(c => c.payload)), attributes: out.at(-1)?.attributes }
}

/** Pseudo-random numbers below n, the same in every run (mulberry32). */
export function random(seed) {
  return n => {
    seed = (seed + 0x6D2B79F5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}

/** So many positions in ascending order, of which some may be equal (an empty piece). */
export const positions = (next, length, count) => Array.from({ length: count }, () => next(length + 1)).sort((a, b) => a - b)
