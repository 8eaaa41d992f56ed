import fs from 'node:fs'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { visit } from 'unist-util-visit'
import { readReference } from './src/markdown/parse.ts'
import { readFast } from './src/markdown/fast/read.ts'
import { labelId, countable } from './src/dialect.ts'
import { commonMark, extensions, sampleBook, hostile } from './test/support/trials/corpus.ts'
export function plain(read: ReturnType<typeof readReference>, text: string) {
  const nodes: unknown[] = []
  visit(read.tree, (node: any) => {
    const { children, position, ...own } = node
    const p = position && [position.start.line, position.start.column, position.start.offset, position.end.line, position.end.column, position.end.offset].join(' ')
    const f = read.spans.fields(node)
    const fields = Object.fromEntries(Object.entries(f).sort(([a],[b])=>a<b?-1:1).map(([k,v]: any)=>[k,{start:v.start,end:v.end,source:v.source}]))
    const flat = Object.entries(f).map(([k, s]: any) => [k, ...read.spans.flattened(s).map((n: any) => [n.type, n.position, n.value ?? n.identifier ?? n.url, n.type==='text' ? read.spans.ofText(n, 0, n.value.length) : read.spans.fields(n)].map(x=>JSON.stringify(x)).join(' '))]).sort((a:any,b:any)=>a[0]<b[0]?-1:1)
    const texts: unknown[] = []
    if (node.type === 'text') for (let i = 0; i < Math.min(node.value.length, 300); i++) { const s = read.spans.ofText(node, i, i + 1); texts.push(s && [s.start, s.end].join('-'));  if (s) texts.push(JSON.stringify(read.spans.inText(node, s))) }
    nodes.push({ ...own, p, kids: children?.length, fields, flat, texts: texts.join(' ') })
  })
  return { nodes: nodes.map((n) => JSON.parse(JSON.stringify(n))), prefixes: read.spans.prefixes.map(({start,end}) => [start, end].join(' ')) }
}
export let stats = { texts: 0, bytes: 0, left: 0, leftParts: 0, whole: 0, differ: 0 }
export function compare(name: string, text0: string, isKnown: (id: string) => boolean, show = 3): boolean {
  const text = countable(text0)
  stats.texts++; stats.bytes += text.length
  let parts = 0, first = true
  const fast = readFast(text, isKnown, (t, k, f) => { stats.left += t.length; parts++; return readReference(t, k, f) })
  stats.leftParts += parts
  if (!fast) { stats.whole++; stats.left += text.length; return true }
  const ref = readReference(text, isKnown, true)
  const [a, b] = [plain(ref, text), plain(fast, text)]
  if (isDeepStrictEqual(a, b)) return true
  stats.differ++
  if (stats.differ <= show) {
    console.log('DIFF', name, JSON.stringify(text.slice(0, 300)))
    for (let i = 0; i < Math.max(a.nodes.length, b.nodes.length); i++) if (!isDeepStrictEqual(a.nodes[i], b.nodes[i])) { console.log(' ref ', JSON.stringify(a.nodes[i])?.slice(0,700)); console.log(' fast', JSON.stringify(b.nodes[i])?.slice(0,700)); break }
    if (!isDeepStrictEqual(a.prefixes, b.prefixes)) console.log(' prefixes', JSON.stringify(a.prefixes).slice(0,300), JSON.stringify(b.prefixes).slice(0,300))
  }
  return false
}
if (process.argv[2] === 'corpus') {
  for (const s of [...commonMark, ...extensions, ...sampleBook, ...hostile]) compare(s.name, s.text, (id) => s.known.includes(id), 6)
  console.log(stats)
}
if (process.argv[2] === 'book') {
  const root = process.argv[3]!
  const files = fs.readdirSync(root, { recursive: true }).map(String).filter((f) => f.endsWith('.md'))
  const known = new Set<string>()
  const texts = files.map((f) => [f, fs.readFileSync(path.join(root, f), 'utf8')] as const)
  for (const [, t] of texts) for (const m of t.matchAll(/^\[([^\]^]+)\]: /gm)) known.add(labelId(m[1]!))
  for (const [f, t] of texts) compare(f, t, (id) => known.has(id), 5)
  console.log(stats)
}
if (process.argv[2] === 'fuzz') {
  let seed = Number(process.argv[3] ?? 1); const n = Number(process.argv[4] ?? 2000)
  const rnd = () => { seed = (seed + 0x6d2b79f5) | 0; let t = Math.imul(seed ^ (seed >>> 15), 1 | seed); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296 }
  const pick = <T>(a: readonly T[]): T => a[Math.floor(rnd() * a.length)]!
  const all = [...commonMark, ...extensions, ...sampleBook, ...hostile].filter((s) => s.text.length < 4000)
  const bits = ['\n', '\n\n', ' ', '  ', '    ', '\t', '*', '**', '_', '__', '~', '~~', '`', '``', '```', '[', ']', '![', '](', '](a)', '[a]', '[a][b]', '[b]: c', '[b]: c "d"', '{{#include a}}', '{{', '}}', '[[a]]', '{#x .y}', '# ', '## ', '#', '> ', '- ', '* ', '1. ', '2) ', '10. ', '|', '|---|', '---', '===', '\\', '\\|', '&amp;', '&', '<', '>', '<b>', '</b>', '<!--', '-->', '<a@b.c>', '<http://x>', '"', "'", '(', ')', ':', '!', 'a', 'b c', '⮳', '\u00a0', '😀', '\r\n', '  \n', '\\\n', '[ ] ', '[x] ', '<div>', '<pre>', '</pre>', '[^a]', '$', '.', 'é']
  for (let i = 0; i < n; i++) {
    const s = pick(all); let text = s.text
    const k = 1 + Math.floor(rnd() * 4)
    for (let j = 0; j < k; j++) { const at = Math.floor(rnd() * (text.length + 1)); const r = rnd(); text = r < 0.6 ? text.slice(0, at) + pick(bits) + text.slice(at) : r < 0.8 ? text.slice(0, at) + text.slice(at + 1 + Math.floor(rnd() * 4)) : text.slice(0, at) + pick(bits) + pick(bits) + pick(all).text.slice(0, 80) + text.slice(at) }
    if (rnd() < 0.1) text = text.replace(/\r?\n/g, '\r\n')
    if (rnd() < 0.15) text = text.split('\n').map((l) => (rnd() < 0.97 ? '> ' : '') + l).join('\n')
    if (rnd() < 0.15) text = '- ' + text.split('\n').map((l) => l === '' ? l : '  ' + l).join('\n').slice(2)
    const known = new Set(s.known)
    compare(s.name + ' #' + i, text, (id) => known.has(id) || id === 'A', Number(process.argv[5] ?? 4))
  }
  console.log(stats)
}
if (process.argv[2] === 'facts') {
  const { readFileFacts, parseFileFacts } = await import('./src/book/file-facts.ts')
  let seed = Number(process.argv[3] ?? 1); const n = Number(process.argv[4] ?? 2000)
  const rnd = () => { seed = (seed + 0x6d2b79f5) | 0; let t = Math.imul(seed ^ (seed >>> 15), 1 | seed); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296 }
  const pick = <T>(a: readonly T[]): T => a[Math.floor(rnd() * a.length)]!
  const all = [...commonMark, ...extensions, ...sampleBook, ...hostile].filter((s) => s.text.length < 4000)
  const bits = ['\n', '\n\n', ' ', '    ', '\t', '*', '`', '```\n', '~~~\n', '[', ']', '[b]: c\n', '[b]: c "d"\n', '\n[b]: c\n', '\n{{#include a.md}}\n', '{{#include a.md:x}}', '{{', '> ', '- ', '1. ', '|', '|---|', '---', '===', '\\', '&amp;', '<b>', '<!--', '-->', '<div>', '<pre>', '</pre>', '\r\n', '"', "'", '(', ')', ':', 'a']
  let bad = 0
  for (let i = 0; i < n; i++) {
    let text = pick(all).text
    for (let j = 0; j < 1 + rnd() * 4; j++) { const at = Math.floor(rnd() * (text.length + 1)); text = rnd() < 0.7 ? text.slice(0, at) + pick(bits) + text.slice(at) : text.slice(0, at) + text.slice(at + 2) }
    const [a, b] = [readFileFacts('a.md', text), parseFileFacts('a.md', text)]
    if (!isDeepStrictEqual(a, b) && bad++ < 4) console.log(JSON.stringify(text), '\n', JSON.stringify(a).slice(0, 600), '\n', JSON.stringify(b).slice(0, 600))
  }
  console.log({ n, bad })
}
