/** What may be written as a label, and as the id of a heading, by hand. */
import { z } from 'zod'

/** What may stand between the brackets of a label (CommonMark 0.31.2, 4.7). */
const LABEL = /^(?!\^)(?=\s*\S)(?:[^[\]\\\r\n]|\\.){1,999}$/

/** What pulldown-cmark reads as one id behind `#` in the attributes of a heading. */
const HEADING_ID = /^(?![#.])[^\s{}<>"']+$/

export const label = z
  .string()
  .regex(LABEL, 'is no label: it is empty, begins with ^, or has a line end or a bracket without a backslash')

export const headingId = z
  .string()
  .regex(HEADING_ID, 'is no id: it is empty, begins with # or ., or has white space, braces, quotes, < or >')
