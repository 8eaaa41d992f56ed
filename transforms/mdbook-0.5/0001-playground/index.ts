import { defineTransform, type Found } from 'mdshift'
import { nearMisses } from './near-misses.ts'

/** As mdBook finds it: white space may stand behind the braces, and a file has to be named. */
const LEGACY = /^(\{\{\s*#)playpen(?=\s+[^}\s])/
/** What has no end is gone over, too: else each beginning would look for one anew. */
const ANYWHERE = /(?<!\\)(\{\{\s*#)playpen(\s+[^}\s][^}]*(\}\})?)/g

const RULE = '{{#playpen …}} has been called {{#playground …}} since the Rust playground was renamed'

export default defineTransform({
  id: '0001-playground',
  version: 1,
  summary: '{{#playpen}} → {{#playground}}: runnable Rust files',
  reason:
    'mdBook still reads the old name, with a warning at every build. What stands in code, comments and raw HTML is ' +
    'live too, because mdBook replaces directives before it reads Markdown; it is reported, and not touched.',
  examples: [
    {
      title: 'With what it says besides',
      before: 'Run it:\n\n{{#playpen rain.rs editable}}\n',
      after: 'Run it:\n\n{{#playground rain.rs editable}}\n',
    },
    {
      title: 'What is escaped is shown to readers, and stays',
      before: 'It was \\{{#playpen rain.rs}} once.\n',
      after: 'It was \\{{#playpen rain.rs}} once.\n',
    },
  ],
  mayMatch: (text) => text.includes('playpen'),
  transform(chapter) {
    for (const node of chapter.find('mdbookDirective', { value: LEGACY }).nodes())
      node.value = node.value.replace(LEGACY, '$1playground')
    return { because: RULE }
  },
  residue: (text, _, { kind }) => (kind === 'directive' ? [] : playpensIn(text)),
  explain: nearMisses,
})

function playpensIn(text: string): Found[] {
  return [...text.matchAll(ANYWHERE)]
    .filter(([, , , end]) => end !== undefined)
    .map(({ index, 0: found, 1: braces = '', 2: rest = '' }) => ({
      start: index,
      end: index + found.length,
      candidates: [`${braces}playground${rest}`],
    }))
}
