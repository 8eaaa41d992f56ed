import { describe, expect, it } from 'vitest'
import { htmlParts, readableIn } from './raw-html.ts'

const readable = (html: string) => readableIn(html).map(({ start, end }) => html.slice(start, end))

describe('the parts of raw HTML', () => {
  it.each<[string, string, string[]]>([
    ['tags and text', '<b>rain</b> wind', ['tag <b>', 'text rain', 'tag </b>', 'text  wind']],
    ['a comment', 'rain <!-- <b> --> wind', ['text rain ', 'comment <!-- <b> -->', 'text  wind']],
    ['the shortest comments', '<!--><!--->rain', ['comment <!-->', 'comment <!--->', 'text rain']],
    ['a comment that nothing closes', '<!-- rain', ['comment <!-- rain']],
    ['a tag with a > in a value', '<a title=">">rain', ['tag <a title=">">', 'text rain']],
    ['a tag that nothing closes', 'rain <a href="#skip', ['text rain ', 'tag <a href="#skip']],
    [
      'a script with its text',
      '<script>a < b</script>rain',
      ['verbatim <script>a < b</script>', 'text rain'],
    ],
    ['code in upper case', '<CODE>rain</CODE>wind', ['verbatim <CODE>rain</CODE>', 'text wind']],
    ['a pre that goes on elsewhere', '<pre>\nrain', ['verbatim <pre>\nrain']],
    [
      'a comment in a script is none',
      '<script><!-- a --></script>',
      ['verbatim <script><!-- a --></script>'],
    ],
    ['an element whose name begins like pre', '<preface>rain', ['tag <preface>', 'text rain']],
    ['a sign that is no tag', '1 < 2', ['text 1 < 2']],
    ['declarations and instructions', '<!DOCTYPE html><?rain ?>', ['tag <!DOCTYPE html>', 'tag <?rain ?>']],
  ])('%s', (_, html, parts) => {
    expect(htmlParts(html).map(({ kind, start, end }) => `${kind} ${html.slice(start, end)}`)).toEqual(parts)
  })
})

describe('what is read of raw HTML', () => {
  it.each<[string, string, string[]]>([
    ['text between tags', '<p>rain <b>wind</b></p>', ['rain ', 'wind']],
    ['alt texts and titles', `<img alt="rain" title='wind' aria-label="sun">`, ['rain', 'wind', 'sun']],
    ['no other attribute', '<a href="rain" id="wind" class="sun" data-title="hail">', []],
    ['no code and no script', '<code>rain</code><script>wind</script><style>sun</style>', []],
    ['no comment', '<!-- rain -->', []],
    ['no directive, no wikilink', '<p>rain {{hi:a\nb}} wind [[c | d]]{{e}}</p>', ['rain ', ' wind ']],
    ['no directive over tags', '<p>{{a <b>b</b> c}} rain</p>', [' rain']],
    ['nothing behind a directive that nothing closes', '<p title="{{">rain</p>', []],
  ])('%s', (_, html, texts) => {
    expect(readable(html)).toEqual(texts)
  })
})
