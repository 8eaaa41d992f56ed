/** How labels are compared. */
import { normalizeIdentifier } from 'micromark-util-normalize-identifier'

/**
 * A label as CommonMark compares it (0.31.2, "matches"): white space folded, case folded, escapes kept.
 *
 * @example
 * labelId(' C-Slab\n badge') // → 'C-SLAB BADGE'
 */
export function labelId(label: string): string {
  return normalizeIdentifier(label)
}
