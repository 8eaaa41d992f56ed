/** What a line begins; each expression is for a line without what containers put before it, and without its indent. */
import { htmlBlockNames, htmlRawNames } from 'micromark-util-html-tag-name'

/** CommonMark 0.31.2, 4.1. */
export const THEMATIC_BREAK = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/

/** 4.2, without its text. */
export const ATX = /^(#{1,6})(?:[ \t]|$)/

/** 4.3. */
export const UNDERLINE = /^(?:=+|-+)[ \t]*$/

/** 4.5: the fence, and what is written behind it. */
export const FENCE = /^(`{3,}(?=[^`]*$)|~{3,})(.*)/

/** 5.2: a marker, and what is behind it. */
export const LIST_MARKER = /^([-+*]|(\d{1,9})[.)])(?=[ \t]|$)([ \t]*)/

/** mdBook puts a file where this stands. */
export const INCLUDE_LINE = /^(\{\{#[^}]*\}\})[ \t]*$/

/** GFM 0.29, 4.10. */
export const DELIMITER_ROW = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$/

/** What could be the front of any definition. */
export const DEFINITION_LIKE = /^\[(?:[^[\]\\]|\\[\s\S])*\]:/

interface HtmlKind {
  readonly begin: RegExp
  /** What ends it, in its last line; it goes on to a blank line where that is absent. */
  readonly end?: RegExp
  readonly interrupts: boolean
}

const raw = htmlRawNames.join('|')

/** CommonMark 0.31.2, 4.6, in its order. */
export const HTML_KINDS: readonly HtmlKind[] = [
  {
    begin: new RegExp(`^<(?:${raw})(?:[ \\t>]|$)`, 'i'),
    end: new RegExp(`</(?:${raw})>`, 'i'),
    interrupts: true,
  },
  { begin: /^<!--/, end: /-->/, interrupts: true },
  { begin: /^<\?/, end: /\?>/, interrupts: true },
  { begin: /^<![A-Za-z]/, end: />/, interrupts: true },
  { begin: /^<!\[CDATA\[/, end: /\]\]>/, interrupts: true },
  { begin: new RegExp(`^</?(?:${htmlBlockNames.join('|')})(?:[ \\t>]|/>|$)`, 'i'), interrupts: true },
  {
    begin:
      /^(?:<[A-Za-z][A-Za-z0-9-]*(?:[ \t]+[A-Za-z_:][\w.:-]*(?:[ \t]*=[ \t]*(?:[^ \t"'=<>`]+|'[^']*'|"[^"]*"))?)*[ \t]*\/?>|<\/[A-Za-z][A-Za-z0-9-]*[ \t]*>)[ \t]*$/,
    interrupts: false,
  },
]
