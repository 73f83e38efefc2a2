// The calculator against JavaScript's own arithmetic.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { Guest, random, surfaceOf } from './harness.mjs'

const wasm = new URL('../calculator/calculator.wasm', import.meta.url)
const guest = () => new Guest(wasm)
const letter = (body, party = 'ann') => ({ received: { party, body } })
const text = action => Buffer.from(action.send.body).toString()

/** The one answer to one letter. */
function ask(g, body) {
  const { actions } = g.decide('me', [letter(body)])
  assert.equal(actions.length, 1)
  assert.deepEqual([actions[0].send.party, actions[0].send.topic], ['ann', ''])
  return text(actions[0])
}

const PUZZLED = 'I do not understand that; ask for help'

// ---- contract ----

test('the module imports nothing, and exports what a behaviour must', () => {
  const { module, manifest } = guest()
  assert.deepEqual(surfaceOf(module), { imports: [], exports: ['cabi_post_decide', 'cabi_realloc', 'decide', 'memory'] })
  assert.deepEqual(manifest, JSON.parse(readFileSync(new URL('../calculator/calculator.json', import.meta.url))))
})

// ---- sums ----

test('letters are answered with their value', () => {
  const g = guest()
  for (const [sum, value] of [['2+3*(4-1)', '11'], ['7', '7'], [' 1 + 2 ', '3'], ['10-4-3', '3'], ['16/4/2', '2'], ['-2*-3', '6'], ['--2', '2'],
    ['2*-(1+1)', '-4'], ['1/3', '0.333333'], ['2/3', '0.666667'], ['.5+5.', '5.5'], ['0.1+0.2', '0.3'], ['0.9999999', '1'], ['-0.9999999', '-1'],
    ['-0.0000001', '0'], ['-0.5', '-0.5'], ['0-0', '0'], ['007', '7'], ['999999999999999', '999999999999999'], ['1000000000000000', 'too large'],
    ['-1000000000000000', 'too large'], ['9'.repeat(400), 'too large'], [`${'9'.repeat(400)}-${'9'.repeat(400)}`, 'too large']])
    assert.equal(ask(g, sum), value, sum.slice(0, 40))
})

test('random sums have the value that JavaScript gives', () => {
  const next = random(1), g = guest()
  const make = depth => {
    if (!depth || !next(4)) return String(next(100)) + (next(3) ? '' : `.${next(100)}`)
    const sum = `${make(depth - 1)}${' '.repeat(next(2))}${'+-*/'[next(4)]}${make(depth - 1)}`
    return next(3) ? `(${sum})` : next(3) ? sum : `-(${sum})`
  }
  let values = 0
  for (let i = 0; i < 5000; i++) {
    const sum = make(next(5)), value = Number(new Function(`return ${sum.replace(/\b0+(?=\d)/g, '').replaceAll('--', '- -')}`)()), answer = ask(g, sum)
    if (Number.isFinite(value) && Math.abs(value) < 1e9) {
      assert.match(answer, /^(-?\d+(\.\d{0,5}[1-9])?|nothing is divided by 0)$/, sum)
      if (!/[a-z]/.test(answer)) values++, assert.ok(Math.abs(Number(answer) - value) < 6e-7, `${sum} is ${value}, not ${answer}`)
    } else if (!Number.isFinite(value)) assert.match(answer, /divided by 0|too large/, sum)
  }
  assert.ok(values > 4000, `${values} values`)
})

test('nothing is divided by 0', () => {
  for (const sum of ['1/0', '0/0', '5/(2-2)', '1/0+1', '2*(3/0)']) assert.equal(ask(guest(), sum), 'nothing is divided by 0', sum)
})

test('what is no sum is told so', () => {
  const g = guest()
  for (const t of ['', ' ', '+', '1+', '*2', '+2', '(', ')', '()', '(1', '1)', '2 3', '1..2', '.', '1e3', '2x', 'hello', '1/0 x', '1\0', '\0', '1\n', '１', 'help me', 'by'])
    assert.equal(ask(g, t), PUZZLED, JSON.stringify(t))
})

test('brackets and minus signs may be 32 deep, and a letter of nothing else does not use up the stack', () => {
  const g = guest(), deep = n => `${'('.repeat(n)}1${')'.repeat(n)}`
  assert.equal(ask(g, deep(32)), '1')
  assert.equal(ask(g, `${'-'.repeat(32)}1`), '1')
  for (const t of [deep(33), `${'-'.repeat(33)}1`, '('.repeat(65536), '-'.repeat(65536), '(-'.repeat(32768), `1+${'('.repeat(65000)}`]) assert.equal(ask(g, t), PUZZLED)
  assert.equal(ask(g, Array(500).fill('(1)').join('+')), '500')
})

test('any bytes are answered, and the guest lives on', () => {
  const next = random(2), g = guest(), all = '0123456789.+-*/() helpby\0\n'
  for (let i = 0; i < 20000; i++)
    assert.match(ask(g, Uint8Array.from({ length: next(30) }, () => (next(20) ? all.charCodeAt(next(all.length)) : next(256)))), /./)
  assert.equal(ask(g, '1+1'), '2')
})

// ---- the agent ----

test('help tells what it knows, bye ends it; in capitals too', () => {
  const g = guest()
  for (const t of ['help', 'HELP']) assert.equal(ask(g, t), 'I know + - * / ( ) and numbers: 2+3*(4-1)')
  for (const t of ['bye', 'Bye']) {
    const { actions } = g.decide('me', [letter(t, 'bob')])
    assert.deepEqual([actions[0].send.party, text(actions[0]), actions[1], actions.length], ['bob', 'bye', { stop: true }, 2])
  }
})

test('each letter of a call is answered to its sender in order; other observations are not', () => {
  const window = { key: 'k', fused: 0, notes: { a: 'b' } }
  const { actions } = guest().decide('me', [{ started: 'x' }, letter('1+1', 'ann'), { fused: window }, letter('bye', 'bob'), { woken: true },
    letter('?', 'an address that is rather long'), { stopping: true }])
  assert.deepEqual(actions.map(a => (a.stop ? 'stop' : [a.send.party, text(a)])),
    [['ann', '2'], ['bob', 'bye'], 'stop', ['an address that is rather long', PUZZLED]])
  assert.deepEqual(guest().decide('me', []), { actions: [] })
})

test('memory does not grow from call to call', () => {
  const g = guest(), many = Array.from({ length: 100 }, (_, i) => letter(`${i}*(2+${i})`)), long = [letter('1+'.repeat(30000) + '1')]
  const call = () => (g.decide('me', many), g.decide('me', long))
  assert.equal(text(call().actions[0]), '30001')
  const before = g.memoryBytes
  for (let i = 0; i < 500; i++) call()
  assert.equal(g.memoryBytes, before)
  assert.ok(before <= 1 << 18, `${before} bytes`)
})
