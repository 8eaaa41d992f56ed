/**
 * The blocks and labels of the Markdown that mdBook reads: CommonMark with GFM's tables, strikethrough, task
 * lists and footnotes (no literal autolinks: mdBook has none), includes that stand on a line of their own, and
 * YAML front matter, which mdBook leaves to its preprocessors.
 * Both the index of a book and the parser of a chapter read this dialect, so that they agree on what a
 * definition is.
 */
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfmFootnote } from 'micromark-extension-gfm-footnote'
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough'
import { gfmTable } from 'micromark-extension-gfm-table'
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item'
import { markdownLineEnding, markdownSpace } from 'micromark-util-character'
import { codes } from 'micromark-util-symbol'
import type { Code, Construct, Extension, State } from 'micromark-util-types'
import { hasFrontMatter } from './front-matter.ts'

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    mdbookDirective: 'mdbookDirective'
  }
}

/** The extensions that read a text; `isFront` where it is the front of one, and may begin with front matter. */
export function dialect(text: string, isFront = true): Extension[] {
  const blocks = [gfmTable(), gfmStrikethrough(), gfmTaskListItem(), gfmFootnote(), includeLines]
  return isFront && hasFrontMatter(text) ? [...blocks, frontmatter('yaml')] : blocks
}

/**
 * A text as micromark may see it: it drops a U+FEFF at the front without counting it, and every offset would
 * be one too small. (A file's byte order mark is set aside before; this is a second one.)
 */
export function countable(text: string): string {
  return text.startsWith('\uFEFF') ? `\u2060${text.slice(1)}` : text
}

/**
 * `{{#include a.md}}` on a line of its own is a block: mdBook puts the file there, and what stands on the
 * next line begins afresh, a definition for one.
 */
const includeLine: Construct = {
  name: 'mdbookIncludeLine',
  concrete: true,
  tokenize(effects, ok, nok) {
    const opening = '{{#'
    let size = 0
    return start

    function start(code: Code): State | undefined {
      effects.enter('mdbookDirective')
      return open(code)
    }
    function open(code: Code): State | undefined {
      if (code !== opening.charCodeAt(size)) return nok(code)
      effects.consume(code)
      size += 1
      return size < opening.length ? open : inside
    }
    function inside(code: Code): State | undefined {
      if (code === codes.eof || markdownLineEnding(code)) return nok(code)
      effects.consume(code)
      return code === codes.rightCurlyBrace ? close : inside
    }
    function close(code: Code): State | undefined {
      if (code !== codes.rightCurlyBrace) return nok(code)
      effects.consume(code)
      effects.exit('mdbookDirective')
      return after
    }
    function after(code: Code): State | undefined {
      if (code === codes.eof || markdownLineEnding(code)) return ok(code)
      if (!markdownSpace(code)) return nok(code)
      effects.enter('whitespace')
      return trailing(code)
    }
    function trailing(code: Code): State | undefined {
      if (markdownSpace(code)) {
        effects.consume(code)
        return trailing
      }
      effects.exit('whitespace')
      return code === codes.eof || markdownLineEnding(code) ? ok(code) : nok(code)
    }
  },
}

const includeLines: Extension = { flow: { [codes.leftCurlyBrace]: includeLine } }
