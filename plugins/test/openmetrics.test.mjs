// The collector's report, read by a strict reader of the OpenMetrics text format 1.0.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { Guest, random, surfaceOf } from './harness.mjs'

const wasm = new URL('../openmetrics/openmetrics.wasm', import.meta.url)
const guest = () => new Guest(wasm)
const report = (g, samples) => Buffer.from(g.collect(samples).bytes).toString()
const lines = (...samples) => report(guest(), samples).split('\n')

// ---- a reader ----

const NUMBER = /^(?:NaN|[+-]Inf|-?\d+(?:\.\d+)?(?:e[+-]\d+)?)$/
const numberOf = text => {
  assert.match(text, NUMBER)
  return text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text)
}

function labelsOf(text) {
  const labels = {}
  let rest = text
  while (rest) {
    const [whole, name, value] = /^([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,(?=.)|$)/.exec(rest) ?? assert.fail(`labels: ${rest}`)
    assert.ok(!(name in labels), `label ${name} stands twice in ${text}`)
    labels[name] = value.replace(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : c))
    rest = rest.slice(whole.length)
  }
  return labels
}

/** [{ name, kind, samples: [{ suffix, labels, value }] }] */
function read(text) {
  assert.ok(text.endsWith('# EOF\n'))
  const families = []
  for (const line of text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1)) {
    const type = /^# TYPE ([a-zA-Z_]\w*) (counter|gauge|histogram)$/.exec(line)
    if (type) {
      assert.ok(!families.some(f => f.name === type[1]), `family ${type[1]} comes twice`)
      families.push({ name: type[1], kind: type[2], samples: [] })
      continue
    }
    const [, name, labels, value] = /^(\w+)(?:\{(.+)\})? (\S+)$/.exec(line) ?? assert.fail(`line: ${line}`)
    const f = families.at(-1), suffix = name.slice(f.name.length)
    assert.ok(name.startsWith(f.name), `${name} stands in family ${f.name}`)
    assert.ok({ counter: ['_total'], gauge: [''], histogram: ['_bucket', '_count', '_sum'] }[f.kind].includes(suffix), line)
    f.samples.push({ suffix, labels: labelsOf(labels ?? ''), value: numberOf(value) })
  }
  return families
}

/** The families that these samples should give. */
function expected(samples) {
  const families = new Map(), written = name => name.replace(/\W/g, '_').replace(/^(?=\d|$)/, '_')
  for (const s of samples) {
    const name = written(s.name), kind = ['counter', 'gauge', 'histogram'].find(k => k in s)
    if (!families.has(name)) families.set(name, { name, kind, samples: [] })
    const f = families.get(name)
    if (f.kind !== kind) continue
    const labels = {}
    for (const [l, v] of Object.entries(s.labels ?? {})) labels[written(l)] ??= v
    if (kind === 'histogram') {
      const { le: _, ...others } = labels
      for (const [bound, count] of s.histogram.buckets)
        f.samples.push({ suffix: '_bucket', labels: { ...others, le: bound === Infinity ? '+Inf' : String(bound) }, value: count })
      f.samples.push({ suffix: '_count', labels, value: s.histogram.count }, { suffix: '_sum', labels, value: s.histogram.sum })
    } else f.samples.push({ suffix: kind === 'counter' ? '_total' : '', labels, value: s[kind] })
  }
  return [...families.values()]
}

// ---- contract ----

test('the module imports nothing, and exports what a collector must', () => {
  const { module, manifest } = guest()
  const { imports, exports } = surfaceOf(module)
  assert.deepEqual(imports, [])
  assert.deepEqual(exports.filter(e => !e.startsWith('__')), ['cabi_post_collect', 'cabi_realloc', 'collect', 'memory'])
  assert.deepEqual(manifest, JSON.parse(readFileSync(new URL('../openmetrics/openmetrics.json', import.meta.url))))
})

// ---- the format ----

test('a counter, a gauge and a histogram', () => {
  assert.deepEqual(lines(
    { name: 'requests', unit: '1', labels: { plugin: 'a', route: '/x' }, counter: 12 },
    { name: 'jvm.memory.used', unit: 'By', gauge: 1.5 },
    { name: 'call-time', labels: { plugin: 'a' }, histogram: { count: 3, sum: 0.75, buckets: [[0.1, 1], [0.5, 2], [Infinity, 3]] } },
  ), [
    '# TYPE requests counter', 'requests_total{plugin="a",route="/x"} 12',
    '# TYPE jvm_memory_used gauge', 'jvm_memory_used 1.5',
    '# TYPE call_time histogram', 'call_time_bucket{plugin="a",le="0.1"} 1', 'call_time_bucket{plugin="a",le="0.5"} 2',
    'call_time_bucket{plugin="a",le="+Inf"} 3', 'call_time_count{plugin="a"} 3', 'call_time_sum{plugin="a"} 0.75',
    '# EOF', '',
  ])
})

test('no samples give an empty report', () => assert.deepEqual(lines(), ['# EOF', '']))

test('samples of one name stand together, in the order of first mention', () => {
  const named = (name, plugin, gauge) => ({ name, labels: { plugin }, gauge })
  assert.deepEqual(lines(named('b', 'x', 1), named('a', 'x', 2), named('b', 'y', 3), named('c', 'x', 4), named('a', 'y', 5)),
    ['# TYPE b gauge', 'b{plugin="x"} 1', 'b{plugin="y"} 3', '# TYPE a gauge', 'a{plugin="x"} 2', 'a{plugin="y"} 5',
      '# TYPE c gauge', 'c{plugin="x"} 4', '# EOF', ''])
})

test('names that become the same are one family, labels that do are one label, and a bucket has one bound', () => {
  assert.deepEqual(lines({ name: 'a.b', labels: { n: '1' }, gauge: 1 }, { name: 'c', gauge: 2 }, { name: 'a-b', labels: { n: '2' }, gauge: 3 }),
    ['# TYPE a_b gauge', 'a_b{n="1"} 1', 'a_b{n="2"} 3', '# TYPE c gauge', 'c 2', '# EOF', ''])
  assert.equal(lines({ name: 'a', labels: { 'x.y': '1', 'x-y': '2', z: '3' }, gauge: 1 })[1], 'a{x_y="1",z="3"} 1')
  assert.deepEqual(lines({ name: 'h', labels: { le: 'mine' }, histogram: { count: 1, sum: 2, buckets: [[Infinity, 1]] } }).slice(1, 4),
    ['h_bucket{le="+Inf"} 1', 'h_count{le="mine"} 1', 'h_sum{le="mine"} 2'])
})

test('of one name the kind of the first sample counts, the others are left out', () =>
  assert.deepEqual(lines({ name: 'n', counter: 1 }, { name: 'n', gauge: 2 }, { name: 'n', counter: 3 }),
    ['# TYPE n counter', 'n_total 1', 'n_total 3', '# EOF', '']))

test('names begin with no digit, and values of labels are escaped', () => {
  assert.deepEqual(lines({ name: '2xx.rate', labels: { '1st': 'a"b\\c\nd é' }, gauge: 1 }).slice(0, 2),
    ['# TYPE _2xx_rate gauge', '_2xx_rate{_1st="a\\"b\\\\c\\nd é"} 1'])
})

// ---- numbers ----

test('numbers as they are written', () => {
  for (const [value, text] of [[0, '0'], [-0, '0'], [1, '1'], [-2.5, '-2.5'], [0.1, '0.1'], [1 / 3, '0.333333333'], [0.9999999999, '1'],
    [123456789.25, '123456789.25'], [1e15, '100000000000000e+1'], [-1e-7, '-0.000001e-1'], [NaN, 'NaN'], [Infinity, '+Inf'], [-Infinity, '-Inf']])
    assert.equal(lines({ name: 'n', gauge: value })[1], `n ${text}`)
  assert.match(lines({ name: 'n', histogram: { count: 18446744073709551615n, sum: 0, buckets: [] } })[1], /^n_count 18446744073709551615$/)
})

test('any number reads back as what it was, to nine digits behind the point or ten in all', () => {
  const next = random(1), bits = new DataView(new ArrayBuffer(8)), values = [5e-324, 1e300, 2 ** 53, 999999999999999.9]
  for (let i = 0; i < 5000; i++) {
    bits.setUint32(0, next(2 ** 32))
    bits.setUint32(4, next(2 ** 32))
    values.push(bits.getFloat64(0), (next(2 ** 31) - 2 ** 30) / 1000, next(1000) / 7)
  }
  const read_ = read(report(guest(), values.map(gauge => ({ name: 'n', gauge }))))[0].samples
  values.forEach((v, i) => {
    const got = read_[i].value
    if (!Number.isFinite(v)) return assert.ok(Object.is(got, v), `${v} became ${got}`)
    // Below one millionth they are written as some millionths and an exponent: three digits remain.
    const off = Math.abs(v) < 1e-6 ? Math.abs(v) * 6e-4 : Math.max(1e-9, Math.abs(v) * 1e-10)
    assert.ok(Math.abs(got - v) <= off, `${v} became ${got}`)
  })
})

// ---- much of it ----

function manySamples(next, count) {
  const names = ['trinity.plugin.calls', 'trinity-plugin-calls', 'a', 'a.b', 'a_b', 'x.total', '9', 'jvm.threads', 'le']
  return Array.from({ length: count }, () => {
    const name = next(3) ? names[next(names.length)] : `own.${next(500)}`
    const labels = Object.fromEntries(Array.from({ length: next(5) }, () => [['plugin', 'le', 'x.y', 'x-y', '0'][next(5)], ['', 'a', '"\\\n', '日'][next(4)]]))
    const kind = next(3)
    if (kind < 2) return { name, labels, [kind ? 'gauge' : 'counter']: next(1000) / 4 }
    return { name, labels, histogram: { count: next(99), sum: next(99) / 2, buckets: [[0.5, next(9)], [2, next(99)], [Infinity, next(99)]] } }
  })
}

test('any samples give a report that a strict reader takes, with everything in it', () => {
  const next = random(2), g = guest()
  for (let i = 0; i < 100; i++) {
    const samples = manySamples(next, next(200))
    assert.deepEqual(read(report(g, samples)), expected(samples))
  }
})

test('6,400 series of different names: the report grows as it must, and nothing is lost', () => {
  const samples = Array.from({ length: 6400 }, (_, i) => ({ name: `plugin.metric.${i}`, labels: { plugin: `p${i % 32}` }, gauge: i }))
  assert.deepEqual(read(report(guest(), samples)), expected(samples))
})

test('sixteen times as many names do not take the square of it', () => {
  const g = guest(), named = count => Array.from({ length: count }, (_, i) => ({ name: `plugin.metric.number.${String(i).padStart(6, '0')}`, gauge: 1 }))
  const fastest = samples => Math.min(...Array.from({ length: 7 }, () => {
    const begun = performance.now()
    g.collect(samples)
    return performance.now() - begun
  }))
  fastest(named(1000))
  const few = fastest(named(1000)), many = fastest(named(16000))
  assert.ok(many < 60 * few, `${few} ms, then ${many} ms`)
})

test('a label of 64 KiB is written whole, and memory does not grow from call to call', () => {
  const g = guest(), long = 'é"'.repeat(20000), big = [{ name: 'n', labels: { l: long }, gauge: 1 }, ...manySamples(random(3), 1000)]
  assert.equal(read(report(g, big))[0].samples[0].labels.l, long)
  const before = g.memoryBytes
  for (let i = 0; i < 200; i++) g.collect(big)
  assert.equal(g.memoryBytes, before)
  assert.ok(before <= 2 << 20, `${before} bytes`)
})
