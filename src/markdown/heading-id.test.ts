import { describe, expect, it } from 'vitest'
import { chapterOf, nodesOf } from '../../test/support/chapter.ts'
import { freeId, headingText, mdbookId } from './heading-id.ts'

describe('the text of a heading', () => {
  it.each([
    ['plain', '# Rain and wind\n', 'Rain and wind'],
    ['with code', '# The `gauge` file\n', 'The gauge file'],
    ['with emphasis and strikethrough', '# *Rain* and **wind** ~~sun~~\n', 'Rain and wind sun'],
    ['with a link', '# The [rain](/x) gauge\n', 'The rain gauge'],
    ['without index marks', '# Rain{{hi:rain}}{{i:gauge}}\n', 'Rain'],
    ['without index marks in emphasis or a link', '# *Rain{{hi:a}}* [gauge{{hi:b}}](/x)\n', 'Rain gauge'],
    ['without raw HTML', '# Rain <b>gauge</b>\n', 'Rain gauge'],
    ['without pictures', '# ![drop](/x)Rain\n', 'Rain'],
    ['with the text of a wikilink', '# See [[rain]] and [[wind | the wind]]\n', 'See rain and the wind'],
    ['with character references and escapes', '# Rain &amp; \\*wind\\*\n', 'Rain & *wind*'],
    ['without its attributes', '# Rain {#rain .wide}\n', 'Rain'],
    ['of nothing', '#\n', ''],
  ])('%s', (_, text, seen) => {
    expect(nodesOf(chapterOf(text), 'heading').map(headingText)).toEqual([seen])
  })
})

describe('mdbookId', () => {
  it.each([
    ['Rain', 'rain'],
    ['Rain and Wind', 'rain-and-wind'],
    ['CD / CI', 'cd--ci'],
    ['  Rain  ', 'rain'],
    ['rain_gauge v2.1', 'rain_gauge-v21'],
    ['What’s new?', 'whats-new'],
    ['a - b', 'a---b'],
    ['Überlauf', 'überlauf'],
    ['雨', '雨'],
    ['हिन्दी', 'हिनदी'],
    ['a\tb', 'a-b'],
    ['!?', ''],
    // Facts of mdBook's own tests.
    ['`--passes`: add more rustdoc passes', '--passes-add-more-rustdoc-passes'],
    ['Method-call 🐙 expressions \u{1f47c}', 'method-call--expressions-'],
    ['_-_12345', '_-_12345'],
    ['中文標題 CJK title', '中文標題-cjk-title'],
    ['한국어', '한국어'],
    ['', ''],
  ])('%j is %j', (text, id) => {
    expect(mdbookId(text)).toBe(id)
  })
})

describe('freeId', () => {
  it.each<[string, string[], string]>([
    ['is the id where it is free', [], 'rain'],
    ['counts from 1', ['rain'], 'rain-1'],
    ['takes the first gap', ['rain', 'rain-1', 'rain-3'], 'rain-2'],
    ['minds only its own', ['rain-1', 'wind'], 'rain'],
  ])('%s', (_, taken, id) => {
    expect(freeId('rain', (one) => taken.includes(one))).toBe(id)
  })
})
