/**
 * The migrations of `index.ts` as far as one has to know them to tell that a book gives none of them a reason to look closer:
 * without a parser, and without what they do.
 */
import type { Settings } from 'mdshift'
import { mayStart as mojibake } from './0001-mojibake/may-match.ts'
import { mayStart as labelSeparators } from './0002-label-separators/may-match.ts'
import { mayMatch as externalLinkArrow } from './0003-external-link-arrow/may-match.ts'
import { mayStart as repoResource } from './0004-repo-resource/may-match.ts'
import { mayStart as skipClass } from './0005-skip-class/may-match.ts'
import { CHECKSUMS } from './checksums.ts'

interface Start {
  readonly id: string
  readonly checksum: string | undefined
  mayStart(text: string, settings: Settings): boolean
}

const STARTS: Readonly<Record<string, Start['mayStart']>> = {
  '0001-mojibake': mojibake,
  '0002-label-separators': labelSeparators,
  '0003-external-link-arrow': externalLinkArrow,
  '0004-repo-resource': repoResource,
  '0005-skip-class': skipClass,
}

export const starts: readonly Start[] = Object.entries(STARTS).map(([id, mayStart]) => ({
  id,
  checksum: CHECKSUMS[id],
  mayStart,
}))
