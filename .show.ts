import { readReference } from './src/markdown/parse.ts'
import { visit } from 'unist-util-visit'
for (const t of process.argv.slice(2)) { const s = t.replaceAll('\\n','\n'); console.log(JSON.stringify(s)); visit(readReference(s, () => true, true).tree, (n: any) => { const {children, position: p, ...o} = n; console.log('   ', JSON.stringify(o), p.start.offset, p.end.offset) }) }
