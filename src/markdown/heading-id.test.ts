import { describe, expect, it } from 'vitest'
import { chapterOf, nodesOf } from '../../test/support/chapter.ts'
import { freeId, type HeadingName, headingIds, headingText, mdbookId } from './heading-id.ts'

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

describe('the ids of a chapter', () => {
  const text = (...texts: string[]): HeadingName[] => texts.map((one) => ({ id: undefined, text: one }))
  const own = (id: string): HeadingName => ({ id, text: 'Rain' })

  it.each<[string, HeadingName[], string[], string[]]>([
    [
      'numbers repeated ones',
      text('Rain', 'rain!', 'Rain'),
      ['rain', 'rain-1', 'rain-2'],
      ['rain', 'rain-1', 'rain-2'],
    ],
    [
      'minds no ids that headings have of their own',
      [own('rain'), ...text('Rain'), own('rain-1'), ...text('Rain')],
      ['rain', 'rain', 'rain-1', 'rain-1'],
      ['rain', 'rain', 'rain-1', 'rain-1'],
    ],
    [
      'counts on in 0.5 where a number is taken',
      text('Rain', 'Rain', 'Rain 1'),
      ['rain', 'rain-1', 'rain-1-1'],
      ['rain', 'rain-1', 'rain-1'],
    ],
    [
      'counts on in 0.5 where a number was given by a text',
      text('Rain 1', 'Rain', 'Rain'),
      ['rain-1', 'rain', 'rain-2'],
      ['rain-1', 'rain', 'rain-1'],
    ],
    ['has a word for none in 0.5', text('!', '?'), ['section', 'section-1'], ['', '-1']],
    ['leaves capitals with an accent in 0.4', text('ÜBER Ähren'), ['über-ähren'], ['Über-Ähren']],
  ])('%s', (_, names, now, before) => {
    expect([headingIds(names), headingIds(names, '0.4')]).toEqual([now, before])
  })

  it('is the same with either arrow of external links', () => {
    const [old, current] = ['Rain ⮳ Gauge⮳', 'Rain ↗ Gauge↗'].map((one) => text(one, `${one} ${one}`))
    for (const edition of ['0.5', '0.4'] as const) {
      expect(headingIds(old ?? [], edition)).toEqual(headingIds(current ?? [], edition))
      expect(headingIds(old ?? [], edition)[0]).toBe('rain--gauge')
    }
  })
})
