// A guest's linear memory, and the contract's records in it as the canonical ABI lays them out. Every pointer, length,
// alignment, tag and text that comes from the guest is checked.
const PAIR = 16
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** The plugin broke the contract. */
export class Lie extends Error {}

export class Memory {
  /** What the guest is in that may call no host function: cabi_realloc or a cabi_post_…; else empty. */
  busy = ''
  exports = {}

  get byteLength() { return this.exports.memory.buffer.byteLength }

  view(at, size, align) {
    at >>>= 0
    if (at % align) throw new Lie(`address ${at} is not aligned to ${align}`)
    if (at + size > this.byteLength) throw new Lie(`${size} bytes at ${at} lie outside of the memory`)
    return new DataView(this.exports.memory.buffer, at, size)
  }
  u8(at) { return this.view(at, 1, 1).getUint8(0) }
  u32(at) { return this.view(at, 4, 4).getUint32(0, true) }
  f64(at) { return this.view(at, 8, 8).getFloat64(0, true) }
  setU8(at, n) { this.view(at, 1, 1).setUint8(0, n) }
  setU32(at, n) { this.view(at, 4, 4).setUint32(0, n, true) }
  setU64(at, n) { this.view(at, 8, 8).setBigUint64(0, BigInt.asUintN(64, BigInt(n)), true) }
  setF64(at, n) { this.view(at, 8, 8).setFloat64(0, n, true) }
  bytes(at, length) { return new Uint8Array(this.view(at, length >>> 0, 1).buffer, at >>> 0, length >>> 0) }
  text(at, length) {
    try {
      return decoder.decode(this.bytes(at, length))
    } catch (e) {
      if (e instanceof TypeError) throw new Lie(`${length} bytes at ${at} are no UTF-8`)
      throw e
    }
  }
  /** The tag of a variant with so many cases. */
  tag(at, cases) {
    const tag = this.u8(at)
    if (tag >= cases) throw new Lie(`a tag of ${tag}, where there are ${cases} cases`)
    return tag
  }

  during(name, body) {
    this.busy = name
    try { return body() } finally { this.busy = '' }
  }

  alloc(size, align) {
    if (size === 0) return align
    const at = this.during('cabi_realloc', () => this.exports.cabi_realloc(0, 0, align, size)) >>> 0
    this.view(at, size, align)
    return at
  }

  // ---- lowering: what is written into the guest ----

  lowerBytes(at, value) {
    const bytes = typeof value === 'string' ? encoder.encode(value) : value ?? new Uint8Array()
    const to = this.alloc(bytes.length, 1)
    this.bytes(to, bytes.length).set(bytes)
    this.setU32(at, to)
    this.setU32(at + 4, bytes.length)
  }

  /** As two arguments of an export. */
  argument(value) {
    const bytes = typeof value === 'string' ? encoder.encode(value) : value ?? new Uint8Array()
    const to = this.alloc(bytes.length, 1)
    this.bytes(to, bytes.length).set(bytes)
    return [to, bytes.length]
  }

  /** A list of records as two arguments of an export; `lower(at, item)` writes one. */
  arguments(items, size, align, lower) {
    const to = this.alloc(items.length * size, align)
    items.forEach((item, i) => lower(to + i * size, item))
    return [to, items.length]
  }

  lowerList(at, items, size, align, lower) {
    const [to, count] = this.arguments(items, size, align, lower)
    this.setU32(at, to)
    this.setU32(at + 4, count)
  }

  lowerPairs(at, given) {
    this.lowerList(at, Object.entries(given ?? {}), PAIR, 4, (p, [name, value]) => {
      this.lowerBytes(p, name)
      this.lowerBytes(p + 8, value)
    })
  }

  chunkArguments(chunks) { return this.arguments(chunks, 64, 8, (at, c) => this.lowerChunk(at, c)) }

  lowerChunk(at, c) {
    this.lowerBytes(at, c.payload)
    this.lowerBytes(at + 8, c.contentType ?? '')
    this.lowerBytes(at + 16, c.modality ?? '')
    this.lowerBytes(at + 24, c.stream ?? '')
    this.lowerPairs(at + 32, c.attributes)
    this.setU64(at + 40, c.sequence ?? 0)
    this.setU64(at + 48, c.eventTimeNanos ?? 0)
    this.setU8(at + 56, c.last ? 1 : 0)
  }

  sampleArguments(samples) { return this.arguments(samples, 56, 8, (at, s) => this.lowerSample(at, s)) }

  /** `{ name, unit, labels }` and one of `counter`, `gauge`, `histogram: { count, sum, buckets: [[bound, count]…] }`. */
  lowerSample(at, s) {
    this.lowerBytes(at, s.name)
    this.lowerBytes(at + 8, s.unit ?? '')
    this.lowerPairs(at + 16, s.labels)
    const kind = ['counter', 'gauge', 'histogram'].findIndex(k => k in s)
    this.setU8(at + 24, kind)
    if (kind < 2) return this.setF64(at + 32, s.counter ?? s.gauge)
    this.setU64(at + 32, s.histogram.count)
    this.setF64(at + 40, s.histogram.sum)
    this.lowerList(at + 48, s.histogram.buckets, 16, 8, (b, [bound, count]) => {
      this.setF64(b, bound)
      this.setU64(b + 8, count)
    })
  }

  /** `fused` is a handle that the caller lends. */
  lowerWindow(at, w) {
    this.lowerBytes(at, w.key)
    this.setU64(at + 8, w.startNanos ?? 0)
    this.setU64(at + 16, w.endNanos ?? 0)
    this.lowerBytes(at + 24, w.label ?? '')
    this.setF64(at + 32, w.confidence ?? 0)
    this.setU32(at + 40, w.fused ?? 0)
    this.lowerPairs(at + 44, w.notes)
  }

  lowerLetter(at, l) {
    this.lowerBytes(at, l.party)
    this.lowerBytes(at + 8, l.topic ?? '')
    this.lowerBytes(at + 16, l.body)
  }

  /** One of `{ started: bytes }`, `{ received: letter }`, `{ fused: window }`, `{ woken: true }`, `{ stopping: true }`. */
  lowerObservation(at, o) {
    const kind = ['started', 'received', 'fused', 'woken', 'stopping'].findIndex(k => k in o)
    this.setU8(at, kind)
    if (kind === 0) this.lowerBytes(at + 8, o.started)
    if (kind === 1) this.lowerLetter(at + 8, o.received)
    if (kind === 2) this.lowerWindow(at + 8, o.fused)
  }

  // ---- lifting: what is read out of the guest ----

  textAt(at) { return this.text(this.u32(at), this.u32(at + 4)) }
  bytesAt(at) { return this.bytes(this.u32(at), this.u32(at + 4)).slice() }

  list(at, count, size, align, lift) {
    if (count) this.view(at, count * size, align)
    return Array.from({ length: count }, (_, i) => lift(at + i * size))
  }

  pairs(at, count) {
    const pairs = this.list(at, count, PAIR, 4, p => [this.textAt(p), this.textAt(p + 8)])
    const object = Object.fromEntries(pairs)
    if (Object.keys(object).length < pairs.length) throw new Lie('a name stands twice')
    return object
  }

  liftChunk(at) {
    const payload = this.bytesAt(at)
    const attributes = this.pairs(this.u32(at + 32), this.u32(at + 36))
    const pairs = Object.entries(attributes)
    const size = pairs.reduce((sum, pair) => sum + encoder.encode(pair.join('')).length, 0)
    if (payload.length > 65536) throw new Lie(`a payload of ${payload.length} bytes`)
    if (pairs.length > 32 || size > 4096) throw new Lie(`${pairs.length} attributes of ${size} bytes`)
    const view = this.view(at, 64, 8)
    return {
      payload, contentType: this.textAt(at + 8), modality: this.textAt(at + 16), stream: this.textAt(at + 24), attributes,
      sequence: Number(view.getBigUint64(40, true)), eventTimeNanos: view.getBigInt64(48, true), last: view.getUint8(56) === 1,
    }
  }

  liftChunks(at, count) { return this.list(at, count, 64, 8, c => this.liftChunk(c)) }

  liftLetter(at) { return { party: this.textAt(at), topic: this.textAt(at + 8), body: this.bytesAt(at + 16) } }

  /** As the observations above: `{ send: letter }`, `{ publish: letter }`, `{ subscribe: topic }`, `{ emit: chunk }`, … */
  liftAction(at) {
    switch (this.tag(at, 6)) {
      case 0: return { send: this.liftLetter(at + 8) }
      case 1: return { publish: this.liftLetter(at + 8) }
      case 2: return { subscribe: this.textAt(at + 8) }
      case 3: return { emit: this.liftChunk(at + 8) }
      case 4: return { wake: this.u32(at + 8) }
      default: return { stop: true }
    }
  }
}
