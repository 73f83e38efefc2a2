// Runs a plugin as Trinity does, through the canonical ABI, with the host's side in JavaScript. For our own tests and
// for plugin authors:
//
//   const guest = new Guest('plugins/tokenizer/tokenizer.wasm', { config: { top: '3' } })
//   guest.process([{ modality: 'text', stream: 'a', payload: bytes, last: true }])   // { chunks: […] } or { error: '…' }
//
// It is stricter than a host needs to be: it checks every pointer, every limit of the contract, that the manifest's
// capabilities cover the imports, and that no host function is called in cabi_realloc and cabi_post_…. A plugin that
// breaks the contract ends the test with a Lie.
//
// memory.mjs has the records, imports.mjs the host functions, wasi.mjs those of WASI, vectors.mjs the hypervectors.
import { readFileSync } from 'node:fs'
import { capabilitiesOf, imports, requireCapabilities } from './imports.mjs'
import { Lie, Memory } from './memory.mjs'
import { Vectors } from './vectors.mjs'

export { Lie } from './memory.mjs'
export { cosine, random } from './vectors.mjs'

const VERDICTS = ['pass', 'drop', 'change']

export const manifestOf = module =>
  JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(WebAssembly.Module.customSections(module, 'trinity:manifest')[0]))

export class Guest {
  logged = []
  metrics = []
  memory = new Memory()
  #gone = ''

  /**
   * @param file path, URL or bytes
   * @param options
   *   config: settings, in place of the manifest's defaults
   *   dimension: elements of a hypervector
   *   streams: names of the host's streams; what is in them is in `guest.streams`
   *   files: { 'directory/path': bytes or text }: what WASI opens; the directories are granted. They may be changed later
   *   in `guest.files`, a Map; `guest.openFiles()` tells how many are open
   *   refuse: { tcp: 'denied' }: how the functions of an interface fail that is not served here, else 'unavailable'
   *   listeners: { name: payload => bytes or { failure, sentence } }: the custom hooks that others listen to
   *   plugins: { name: (function, argument) => bytes or { failure, sentence } }: the plugins that serve
   */
  constructor(file, { config = {}, dimension = 10000, streams = ['events'], files = {}, ...others } = {}) {
    this.module = new WebAssembly.Module(typeof file === 'string' || file instanceof URL ? readFileSync(file) : file)
    this.manifest = manifestOf(this.module)
    requireCapabilities(this.module, this.manifest)
    this.config = config
    this.streams = new Map(streams.map(name => [name, []]))
    this.files = new Map(Object.entries(files))
    this.vectors = new Vectors(dimension)
    this.exports = new WebAssembly.Instance(this.module, imports(this, others)).exports
    this.memory.exports = this.exports
    this.exports._initialize?.()
  }

  get memoryBytes() { return this.memory.byteLength }

  // ---- what the types export. A chunk may leave out what is empty; bytes are a Uint8Array or a string ----

  process(chunks) { return this.#result('process', () => this.memory.chunkArguments(chunks), this.#chunks) }
  decode(pieces) { return this.#result('decode', () => this.memory.chunkArguments(pieces), this.#chunks) }

  /** Gives `vectors`, the elements of each. */
  encode(chunks) {
    return this.#result('encode', () => this.memory.chunkArguments(chunks), (at, count) => {
      if (count !== chunks.length) throw new Lie(`${count} vectors for ${chunks.length} chunks`)
      return { vectors: this.memory.list(at, count, 4, 4, v => this.vectors.give(this.memory.u32(v))) }
    })
  }

  /** Gives `actions`; see memory.mjs for observations and actions. */
  decide(address, observations) {
    const m = this.memory
    return this.#result('decide',
      () => [...m.argument(address), ...m.arguments(observations, 64, 8, (at, o) => m.lowerObservation(at, o))],
      (at, count) => ({ actions: m.list(at, count, 72, 8, a => m.liftAction(a)) }))
  }

  /** Gives `bytes`. */
  collect(samples) { return this.#result('collect', () => this.memory.sampleArguments(samples), this.#bytes) }

  /** Gives `value`: bytes, or null where the key is not there. */
  get(key) {
    const m = this.memory
    return this.#call('get', () => m.argument(key), area => {
      m.view(area, 16, 4)
      if (m.tag(area, 2)) return { error: m.textAt(area + 4) }
      return { value: m.tag(area + 4, 2) ? m.bytesAt(area + 8) : null }
    })
  }
  put(key, value) { return this.#result('put', () => [...this.memory.argument(key), ...this.memory.argument(value)], () => ({})) }
  erase(key) { return this.#result('erase', () => this.memory.argument(key), () => ({})) }
  flush() { return this.#result('flush', () => [], () => ({})) }

  /** Gives `keys` and `next`. */
  keys(prefix, cursor, limit) {
    const m = this.memory
    return this.#call('keys', () => [...m.argument(prefix), ...m.argument(cursor), limit], area => {
      m.view(area, 20, 4)
      if (m.tag(area, 2)) return { error: m.textAt(area + 4) }
      const keys = m.list(m.u32(area + 4), m.u32(area + 8), 8, 4, k => m.textAt(k)), bytes = keys.map(k => Buffer.from(k))
      if (keys.length > limit) throw new Lie(`${keys.length} keys where ${limit} are the most`)
      if (keys.some(k => !k.startsWith(prefix))) throw new Lie(`a key that does not begin with '${prefix}'`)
      if (bytes.some((k, i) => i && Buffer.compare(bytes[i - 1], k) >= 0)) throw new Lie('keys that do not ascend')
      return { keys, next: m.textAt(area + 12) }
    })
  }

  // ---- what any plugin may export ----

  check() { return this.#result('check', () => [], () => ({})) }
  answer(name, argument) {
    return this.#result('answer', () => [...this.memory.argument(name), ...this.memory.argument(argument)], this.#bytes)
  }
  /** Gives the state as bytes. */
  save() { return this.#call('save', () => [], area => this.memory.bytesAt(area)) }
  restore(version, state) { return this.#result('restore', () => [version, ...this.memory.argument(state)], () => ({})) }

  // ---- hooks ----

  prepipeline(pipeline, streams) {
    const m = this.memory
    return this.#result('prepipeline', () => [...m.argument(pipeline), ...m.arguments(streams, 8, 4, (at, s) => m.lowerBytes(at, s))],
      () => ({}))
  }

  /** Gives `verdict`, and `chunks` where that is 'change'. */
  postchunk(chunks) {
    const m = this.memory
    return this.#call('postchunk', () => m.chunkArguments(chunks), area => {
      m.view(area, 16, 4)
      if (m.tag(area, 2)) return { error: m.textAt(area + 4) }
      const verdict = VERDICTS[m.tag(area + 4, 3)]
      return verdict === 'change' ? { verdict, chunks: m.liftChunks(m.u32(area + 8), m.u32(area + 12)) } : { verdict }
    })
  }

  /** `bundle` of a part is its elements, and lent. Gives `weights`. */
  prefusion(key, parts) {
    const m = this.memory
    const lower = (at, p) => {
      m.lowerBytes(at, p.modality)
      m.setU32(at + 8, p.chunks)
      m.setF64(at + 16, p.weight)
      m.setU32(at + 24, this.#lend(p.bundle))
    }
    return this.#result('prefusion', () => [...m.argument(key), ...m.arguments(parts, 32, 8, lower)], (at, count) => {
      if (count && count !== parts.length) throw new Lie(`${count} weights for ${parts.length} parts`)
      return { weights: m.list(at, count, 8, 8, w => m.f64(w)) }
    })
  }

  /** `fused` of a window is its elements, and lent. Gives `remarks`. */
  postfusion(windows) {
    const m = this.memory
    const lower = (at, w) => m.lowerWindow(at, { ...w, fused: this.#lend(w.fused) })
    return this.#result('postfusion', () => m.arguments(windows, 56, 8, lower), (at, count) => {
      if (count !== windows.length) throw new Lie(`${count} remarks for ${windows.length} windows`)
      return { remarks: m.list(at, count, 16, 4, r => ({ label: m.textAt(r), notes: m.pairs(m.u32(r + 8), m.u32(r + 12)) })) }
    })
  }

  onerror(incidents) {
    const m = this.memory, fields = ['code', 'message', 'plugin', 'stream']
    const lower = (at, incident) => fields.forEach((f, i) => m.lowerBytes(at + 8 * i, incident[f] ?? ''))
    this.#call('onerror', () => m.arguments(incidents, 32, 4, lower))
  }
  onmetrics(samples) { this.#call('onmetrics', () => this.memory.sampleArguments(samples)) }

  /** Gives `bytes`. */
  custom(name, payload) {
    return this.#result('custom', () => [...this.memory.argument(name), ...this.memory.argument(payload)], this.#bytes)
  }

  // ---- one call ----

  #chunks = (at, count) => ({ chunks: this.memory.liftChunks(at, count) })
  #bytes = (at, length) => ({ bytes: this.memory.bytes(at, length).slice() })
  #lend(elements) { return elements && capabilitiesOf(this.manifest).includes('vsa_ops') ? this.vectors.lend(elements) : 0 }

  /** An export that returns result<list<T>, string> or result<_, string>. */
  #result(name, lower, lift) {
    const m = this.memory
    return this.#call(name, lower, area => {
      m.view(area, 12, 4)
      const failed = m.tag(area, 2), at = m.u32(area + 4), count = m.u32(area + 8)
      return failed ? { error: m.text(at, count) } : lift(at, count)
    })
  }

  /** After a trap or a lie the instance is as good as thrown away: another call is a mistake of the test. */
  #call(name, lower, lift) {
    if (this.#gone) throw new Error(`the guest was thrown away in ${this.#gone}`)
    this.#gone = name
    const area = this.exports[name](...lower())
    const result = lift?.(area >>> 0)
    this.vectors.takeBack()
    this.endOfCall()
    if (lift) this.memory.during(`cabi_post_${name}`, () => this.exports[`cabi_post_${name}`]?.(area))
    this.#gone = ''
    return result
  }
}

/** What a module imports, as `interface.function`, and what it exports, both in order. */
export const surfaceOf = module => ({
  imports: WebAssembly.Module.imports(module).map(i => `${i.module.replace(/^trinity:plugin\/|@0\.1\.0$/g, '')}.${i.name}`).sort(),
  exports: WebAssembly.Module.exports(module).map(e => e.name).sort(),
})

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
export function run(guest, chunks, name = 'process') {
  const out = []
  for (const chunk of chunks) {
    const result = guest[name]([chunk])
    if (result.error !== undefined) return result
    out.push(...result.chunks)
  }
  return { chunks: out, payload: Buffer.concat(out.map(c => c.payload)), attributes: out.at(-1)?.attributes }
}

/** So many positions in ascending order, of which some may be equal (an empty piece). */
export const positions = (next, length, count) => Array.from({ length: count }, () => next(length + 1)).sort((a, b) => a - b)
