import type { Span } from '../../model.ts'

/**
 * What one edit changes of what a chapter says; the range is in the text before. `definition`: the label of one;
 * `label`: that of a reference; `redirection`: where a definition leads, on purpose; `verbatim`: whatever it is, shown
 * as source.
 */
export interface Effect extends Span {
  readonly kind:
    | 'alt'
    | 'definition'
    | 'destination'
    | 'heading'
    | 'html'
    | 'label'
    | 'redirection'
    | 'text'
    | 'title'
    | 'verbatim'
  /** The old text as a reader sees it, escapes and character references decoded; of a heading, its old attributes. */
  readonly from: string
  readonly to: string
}
