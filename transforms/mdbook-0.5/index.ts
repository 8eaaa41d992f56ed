/** What mdBook 0.5 asks of chapters that were written for mdBook 0.4. */
import type { Transform } from 'mdshift'
import playground from './0001-playground/index.ts'
import alerts from './0002-alerts/index.ts'
import definitionLists from './0003-definition-lists/index.ts'
import headingIds from './0004-heading-ids/index.ts'
import { CHECKSUMS } from './checksums.ts'

export const migrations: readonly Transform[] = [playground, alerts, definitionLists, headingIds].map(
  (migration: Transform) => ({ ...migration, checksum: CHECKSUMS[migration.id] }),
)
