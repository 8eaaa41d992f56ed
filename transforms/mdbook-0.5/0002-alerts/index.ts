import { defineTransform, type Leftover } from 'mdshift'
import { alertOf } from './alert.ts'
import { contentObstacle } from './content.ts'
import { examples } from './examples.ts'
import { type BookFacts, scan } from './facts.ts'
import { firstLineOf } from './fence.ts'
import { nearMisses } from './near-misses.ts'
import { residue } from './residue.ts'

const RULE = 'mdBook 0.5 has an alert that shows the same title and the same content, without a preprocessor'

export default defineTransform<BookFacts, unknown>({
  id: '0002-alerts',
  version: 2,
  summary: 'admonish fences → alerts (> [!NOTE]), where an alert says the same',
  reason:
    'mdBook 0.5 has alerts of its own: block quotes that begin with `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, ' +
    '`[!WARNING]` or `[!CAUTION]`. They do what most fences of mdbook-admonish are written for, and their content is ' +
    'Markdown to every other tool as well. A fence becomes an alert if a reader sees the same title above the same ' +
    'content. An alert cannot be collapsed, has no title of its own, no id and no class; a fence that has one of ' +
    'these is reported. So is one with content that would be another thing outside of a fence: included files, ' +
    'footnotes, headings and definitions that the rest of the book has too.',
  examples,
  mayMatch: (text) => /admonish/i.test(text),
  scan,
  transform(chapter, facts) {
    const leftovers: Leftover[] = []
    chapter.find('code').forEach((path) => {
      const { node: code } = path
      const attempt = alertOf(code, chapter.text, (id) => chapter.isDefined(id))
      if (!attempt) return
      const obstacle =
        'obstacle' in attempt ? attempt.obstacle : contentObstacle({ ...attempt, code, chapter, facts })
      if (obstacle) leftovers.push({ ...firstLineOf(code, chapter.text), ...obstacle })
      else if ('quote' in attempt) path.replace(attempt.quote)
    })
    return { leftovers, because: RULE }
  },
  residue,
  explain: nearMisses,
})
