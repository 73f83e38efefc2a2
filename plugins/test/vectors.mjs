// Hypervectors as the host keeps them: a guest holds handles, numbers that are never 0 and never used again.
import { Lie } from './memory.mjs'

/** Pseudo-random numbers below n, the same in every run (mulberry32). */
export function random(seed) {
  return n => {
    seed = (seed + 0x6D2B79F5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}

export class Vectors {
  /** Handle to elements (Int8Array) of what the guest holds, and the largest number of vectors that it held at once. */
  held = new Map()
  most = 0
  #lent = new Set()
  #next = 1

  constructor(dimension) { this.dimension = dimension }

  of(handle) {
    const elements = this.held.get(handle >>> 0)
    if (!elements) throw new Lie(`the guest does not hold vector ${handle >>> 0}`)
    return elements
  }

  keep(elements) {
    this.held.set(this.#next, elements)
    this.most = Math.max(this.most, this.held.size)
    return this.#next++
  }

  /** A handle that is gone when the export returns. */
  lend(elements) {
    const handle = this.keep(elements)
    this.#lent.add(handle)
    return handle
  }
  takeBack() {
    for (const handle of this.#lent) this.held.delete(handle)
    this.#lent.clear()
  }

  /** The guest gives it away, to nobody or as a result. */
  give(handle) {
    const elements = this.of(handle)
    if (this.#lent.has(handle >>> 0)) throw new Lie(`vector ${handle >>> 0} is only lent`)
    this.held.delete(handle >>> 0)
    return elements
  }

  /** The elements that this host gives to a seed; another host may give others. */
  seeded(seed) {
    const next = random(Number(BigInt.asIntN(32, seed ^ (seed >> 32n))))
    return Int8Array.from({ length: this.dimension }, () => (next(2) ? 1 : -1))
  }

  /** Sign of the weighted sum; ties by a fixed pattern. `parts` are [elements, weight]. */
  bundled(parts) {
    if (!parts.length) return new Int8Array(this.dimension)
    const ties = this.seeded(0x7469657Dn)
    return Int8Array.from({ length: this.dimension }, (_, i) => {
      let sum = 0
      for (const [elements, weight] of parts) sum += elements[i] * weight
      return Math.sign(sum) || ties[i]
    })
  }

  /** The interface `vsa`, on this memory. */
  functions(memory) {
    const product = (a, b) => this.keep(this.of(a).map((v, i) => v * this.of(b)[i]))
    return {
      dimension: () => this.dimension,
      random: seed => this.keep(this.seeded(BigInt.asUintN(64, seed))),
      load: (at, count, out) => {
        const elements = new Int8Array(memory.bytes(at, count).slice().buffer)
        const good = count === this.dimension && elements.every(v => v >= -1 && v <= 1)
        memory.setU8(out, good ? 0 : 1)
        if (good) memory.setU32(out + 4, this.keep(elements))
        else memory.setU8(out + 4, 1) // invalid
      },
      read: (v, out) => memory.lowerBytes(out, new Uint8Array(this.of(v).slice().buffer)),
      copy: v => this.keep(this.of(v).slice()),
      release: v => { this.give(v) },
      bind: product,
      unbind: product,
      bundle: (at, count) => this.keep(this.bundled(memory.list(at >>> 0, count, 8, 4,
        p => [this.of(memory.u32(p)), memory.u32(p + 4) | 0]))),
      permute: (v, shift) => {
        const from = this.of(v), n = this.dimension
        return this.keep(from.map((_, i) => from[(((i - shift) % n) + n) % n]))
      },
      similarity: (a, b) => cosine(this.of(a), this.of(b)),
    }
  }
}

/** Cosine; 0 when either has no element other than zero. */
export function cosine(a, b) {
  let dot = 0, aa = 0, bb = 0
  for (let i = 0; i < a.length; i++) dot += a[i] * b[i], aa += a[i] * a[i], bb += b[i] * b[i]
  return aa && bb ? dot / Math.sqrt(aa * bb) : 0
}
