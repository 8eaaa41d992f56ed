import fs from 'node:fs'
import path from 'node:path'
import { readReference } from './src/markdown/parse.ts'
import { readFast } from './src/markdown/fast/read.ts'
import { labelId } from './src/dialect.ts'
const root = process.argv[2]!
const files = fs.readdirSync(root, { recursive: true }).map(String).filter((f) => f.endsWith('.md'))
const known = new Set<string>()
const texts = files.map((f) => fs.readFileSync(path.join(root, f), 'utf8'))
for (const t of texts) for (const m of t.matchAll(/^\[([^\]^]+)\]: /gm)) known.add(labelId(m[1]!))
const isKnown = (id: string) => known.has(id)
const size = texts.reduce((n, t) => n + t.length, 0)
let left = new Map<string, number>()
for (const mode of ['fast', 'ref', 'fast', 'ref', 'fast','fast']) {
  let partTime = 0
  const s = performance.now()
  for (const t of texts) {
    if (mode === 'ref') readReference(t, isKnown, true)
    else readFast(t, isKnown, (p, k, f) => { const b = performance.now(); const r = readReference(p, k, f); partTime += performance.now() - b; const key = p.slice(0, 60); left.set(key, (left.get(key) ?? 0) + p.length); return r }) ?? (() => { const b = performance.now(); readReference(t, isKnown, true); partTime += performance.now() - b; left.set('WHOLE ' + t.slice(0, 60), t.length) })()
  }
  const ms = performance.now() - s
  console.log(mode, ms.toFixed(0), 'ms', (size / ms / 1000).toFixed(1), 'MB/s', 'reference', partTime.toFixed(0), 'ms')
}
for (const [k, v] of [...left].sort((a, b) => b[1] - a[1]).slice(0, 25)) console.log(v, JSON.stringify(k))
