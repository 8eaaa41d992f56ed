/** The format versions, in order: the table of contents. */
import type { Transform } from 'mdshift'
import mojibake from './0001-mojibake/index.ts'
import labelSeparators from './0002-label-separators/index.ts'
import externalLinkArrow from './0003-external-link-arrow/index.ts'
import repoResource from './0004-repo-resource/index.ts'
import skipClass from './0005-skip-class/index.ts'
import { CHECKSUMS } from './checksums.ts'

export const migrations: readonly Transform[] = [
  mojibake,
  labelSeparators,
  externalLinkArrow,
  repoResource,
  skipClass,
].map((migration: Transform) => ({ ...migration, checksum: CHECKSUMS[migration.id] }))
