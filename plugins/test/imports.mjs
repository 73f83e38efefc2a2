// The host's side of the contract: every function that a plugin may import, and the capability that it needs.
import { Lie } from './memory.mjs'
import { capabilitiesFor, WASI, wasi } from './wasi.mjs'

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error']
export const FAILURES = ['denied', 'invalid', 'not-found', 'limit', 'timeout', 'unavailable', 'failed']

const CAPABILITIES = {
  vsa: 'vsa_ops', streams: 'stream_io', metrics: 'metrics', files: 'file_read', 'file-changes': 'file_write', http: 'network',
  tcp: 'network', agents: 'agent_spawn', gpu: 'gpu_compute',
}

// What is not served here, and where its answer holds the failure: behind a tag, as the other case is aligned. 0: its
// answer holds none, so it ends the call.
const UNSERVED = {
  files: { read: 4, stat: 8, entries: 4 },
  'file-changes': { write: 1, resize: 1, remove: 1 },
  http: { send: 4 },
  tcp: { open: 4, send: 1, receive: 4, close: 0 },
  agents: { spawn: 4, send: 1, stop: 1 },
  gpu: { devices: 0, multiply: 4, similarities: 4 },
}

/** The names of the capabilities that a manifest declares. */
export const capabilitiesOf = manifest => (manifest.capabilities ?? []).map(c => c.name ?? c)

/** Throws when the module imports what its manifest's capabilities do not cover. */
export function requireCapabilities(module, manifest) {
  const declared = capabilitiesOf(manifest)
  for (const { module: face, name: called } of WebAssembly.Module.imports(module)) {
    const any = face === WASI ? capabilitiesFor(called) : []
    if (any.length && !any.some(c => declared.includes(c))) throw new Lie(`it imports ${called} and declares none of ${any.join(', ')}`)
    const name = /^trinity:plugin\/(.+)@0\.1\.0$/.exec(face)?.[1]
    const needed = CAPABILITIES[name]
    if (needed && !declared.includes(needed)) throw new Lie(`it imports ${name} and does not declare ${needed}`)
    if (name === 'plugins' && !manifest.dependencies?.length) throw new Lie('it imports plugins and declares no dependency')
  }
}

/**
 * The import object. `guest` has memory, vectors, manifest, config, logged, metrics (arrays that are filled), streams (a
 * Map of arrays of chunks) and files (a Map, see wasi.mjs); `options` has `refuse`, `listeners` and `plugins`, see harness.mjs.
 */
export function imports(guest, { refuse = {}, listeners = {}, plugins = {} }) {
  const { memory, vectors } = guest
  let why = ''
  const fail = (out, offset, failure, sentence) => {
    why = sentence
    memory.setU8(out, 1)
    memory.setU8(out + offset, FAILURES.indexOf(failure))
  }
  const bytesOrFailure = (out, answer) => {
    if (answer.failure) return fail(out, 4, answer.failure, answer.sentence)
    memory.setU8(out, 0)
    memory.lowerBytes(out + 4, answer)
  }
  const reading = kind => (name, length, value, labels, count) =>
    void guest.metrics.push({ name: memory.text(name, length), [kind]: value, labels: memory.pairs(labels, count) })

  const faces = {
    host: { explain: out => memory.lowerBytes(out, why) },
    log: {
      log: (level, text, length, fields, count) => {
        if (level >>> 0 >= LEVELS.length) throw new Lie(`log level ${level}`)
        guest.logged.push({ level: LEVELS[level], message: memory.text(text, length), fields: memory.pairs(fields, count) })
      },
    },
    config: {
      get: (key, length, out) => {
        const name = memory.text(key, length)
        const value = guest.config[name] ?? guest.manifest.config?.[name]?.default
        memory.setU8(out, value === undefined ? 0 : 1)
        if (value !== undefined) memory.lowerBytes(out + 4, String(value))
      },
    },
    vsa: vectors.functions(memory),
    metrics: { add: reading('add'), set: reading('set'), observe: reading('observe') },
    streams: {
      push: (at, count, out) => {
        const chunks = memory.liftChunks(at, count)
        const unknown = chunks.find(c => !guest.streams.has(c.stream))
        if (unknown) return fail(out, 1, 'not-found', `there is no stream '${unknown.stream}'`)
        for (const c of chunks) guest.streams.get(c.stream).push(c)
        memory.setU8(out, 0)
      },
      pull: (name, length, limit, millis, out) => {
        const chunks = guest.streams.get(memory.text(name, length))
        if (!chunks) return fail(out, 4, 'not-found', `there is no stream '${memory.text(name, length)}'`)
        const [to, count] = memory.chunkArguments(chunks.splice(0, Math.min(64, limit >>> 0)))
        memory.setU8(out, 0)
        memory.setU32(out + 4, to)
        memory.setU32(out + 8, count)
      },
    },
    plugins: {
      call: (plugin, pluginLength, name, nameLength, at, length, out) => {
        const to = memory.text(plugin, pluginLength), answer = plugins[to]
        const declared = guest.manifest.dependencies?.some(d => d.name === to)
        bytesOrFailure(out, !declared ? { failure: 'denied', sentence: `'${to}' is no declared dependency` }
          : !answer ? { failure: 'unavailable', sentence: `'${to}' does not serve` }
            : answer(memory.text(name, nameLength), memory.bytes(at, length).slice()))
      },
    },
    hooks: {
      fire: (name, nameLength, at, length, out) => {
        const payload = memory.bytes(at, length).slice()
        bytesOrFailure(out, listeners[memory.text(name, nameLength)]?.(payload) ?? payload)
      },
    },
  }
  for (const [face, functions] of Object.entries(UNSERVED)) {
    faces[face] = Object.fromEntries(Object.entries(functions).map(([name, offset]) => [name, (...arguments_) => {
      const failure = refuse[face] ?? 'unavailable'
      if (!offset) throw new Error(`${face}.${name}: ${failure}`)
      fail(arguments_.at(-1), offset, failure, `${face}.${name} is ${failure}`)
    }]))
  }
  const contract = Object.fromEntries(Object.entries(faces).map(([face, functions]) => [`trinity:plugin/${face}@0.1.0`,
    Object.fromEntries(Object.entries(functions).map(([name, body]) => [name, (...arguments_) => {
      if (memory.busy) throw new Lie(`${face}.${name} was called in ${memory.busy}`)
      return body(...arguments_)
    }]))]))
  return { ...contract, [WASI]: wasi(guest, refuse) }
}
