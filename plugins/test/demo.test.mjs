// The plugins of the guided demo: each does what the demo says of it.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import test from 'node:test'
import { Worker } from 'node:worker_threads'
import { Guest, surfaceOf } from './harness.mjs'

const folder = new URL('../demo/', import.meta.url)
const wasm = name => new URL(`${name}.wasm`, folder)
const guest = (name, options) => new Guest(wasm(name), options)
const text = (payload, more = {}) => ({ modality: 'text', stream: 'a', payload, ...more })
const payloads = answer => answer.chunks.map(c => Buffer.from(c.payload).toString('latin1'))

const SURFACES = {
  runaway: { imports: [], exports: ['cabi_realloc', 'decide', 'memory'] },
  shout: { imports: [], exports: ['cabi_post_postchunk', 'cabi_realloc', 'memory', 'postchunk'] },
  sign: { imports: [], exports: ['cabi_post_postchunk', 'cabi_realloc', 'memory', 'postchunk'] },
  'tokenizer-2': { imports: [], exports: ['cabi_post_check', 'cabi_post_process', 'cabi_realloc', 'check', 'memory', 'process'] },
  weather: { imports: ['host.explain', 'tcp.open'], exports: ['cabi_post_custom', 'cabi_realloc', 'custom', 'memory'] },
}

test('each plugin imports and exports what its manifest says, and no other is here', () => {
  assert.deepEqual(readdirSync(folder).filter(f => f.endsWith('.wasm')).sort(), Object.keys(SURFACES).map(n => `${n}.wasm`).sort())
  for (const [name, surface] of Object.entries(SURFACES)) {
    const { module, manifest } = guest(name)
    assert.deepEqual(surfaceOf(module), surface, name)
    assert.deepEqual(manifest, JSON.parse(readFileSync(new URL(`${name}.json`, folder))), name)
  }
})

test('shout writes text in capitals and lets a picture pass', () => {
  const g = guest('shout')
  const { verdict, chunks } = g.postchunk([text('Hello, Ærø {z}', { attributes: { a: 'b' } }), text('az', { modality: 'vision' }), text('')])
  assert.equal(verdict, 'change')
  assert.deepEqual(payloads({ chunks }), [Buffer.from('HELLO, ÆRø {Z}').toString('latin1'), 'az', ''])
  assert.deepEqual(chunks[0].attributes, { a: 'b' })
  assert.deepEqual(g.postchunk([text('az', { modality: 'vision' })]), { verdict: 'pass' })
  assert.deepEqual(g.postchunk([]), { verdict: 'pass' })
})

test('sign signs the last piece of a text, if there is room, and nothing else', () => {
  const g = guest('sign'), signature = '-- signed by a plugin\n'
  const last = payload => text(payload, { last: true })
  assert.deepEqual(payloads(g.postchunk([text('one'), last('two')])), ['one', `two${signature}`])
  assert.deepEqual(payloads(g.postchunk([last('')])), [signature])
  for (const c of [text('one'), text('two', { last: true, modality: 'vision' }), last(' '.repeat(65536 - signature.length + 1))])
    assert.deepEqual(g.postchunk([c]), { verdict: 'pass' })
  assert.equal(payloads(g.postchunk([last(' '.repeat(65536 - signature.length))]))[0].length, 65536)
})

test('shout and sign do not grow from call to call', () => {
  for (const name of ['shout', 'sign']) {
    const g = guest(name), full = text('x'.repeat(65000), { last: true })
    g.postchunk([full])
    const before = g.memoryBytes
    for (let i = 0; i < 500; i++) g.postchunk([full])
    assert.equal(g.memoryBytes, before, name)
  }
})

test('tokenizer-2 is a newer tokenizer that says itself that it does not work', () => {
  const g = guest('tokenizer-2'), { manifest } = new Guest(new URL('../tokenizer/tokenizer.wasm', import.meta.url))
  assert.deepEqual(g.check(), { error: 'the table of words is empty' })
  assert.deepEqual([g.manifest.name, g.manifest.type], [manifest.name, manifest.type])
  assert.equal(g.manifest.version, '2.0.0')
  assert.equal(manifest.version, '1.0.0')
  assert.deepEqual(payloads(g.process([text('as it came')])), ['as it came'])
})

test('weather asks for the network and tells why it does not get it', () => {
  for (const failure of ['denied', 'unavailable']) {
    const g = guest('weather', { refuse: { tcp: failure } })
    for (let i = 0; i < 3; i++) assert.deepEqual(g.custom('weather', 'now'), { error: `tcp.open is ${failure}` })
  }
  assert.deepEqual(guest('weather').manifest.capabilities.map(c => c.name), ['network'])
})

test('runaway does not come back, and its thread can be ended', async () => {
  const begun = new Int32Array(new SharedArrayBuffer(8))
  const worker = new Worker(`
    const { workerData: { harness, wasm, begun } } = require('node:worker_threads')
    import(harness).then(({ Guest }) => {
      const guest = new Guest(new URL(wasm))
      Atomics.store(begun, 0, 1)
      Atomics.notify(begun, 0)
      guest.decide('me', [{ woken: true }])
      Atomics.store(begun, 1, 1)
      Atomics.notify(begun, 1)
    })`, { eval: true, workerData: { harness: new URL('harness.mjs', import.meta.url).href, wasm: wasm('runaway').href, begun } })
  const exit = once(worker, 'exit')
  await Atomics.waitAsync(begun, 0, 0, 10000).value
  assert.equal(Atomics.load(begun, 0), 1)
  assert.equal(await Atomics.waitAsync(begun, 1, 0, 200).value, 'timed-out')
  await worker.terminate()
  assert.deepEqual(await exit, [1])
})
