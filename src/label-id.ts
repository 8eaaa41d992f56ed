/** How labels are compared. */
import { normalizeIdentifier } from 'micromark-util-normalize-identifier'

/**
 * A label as CommonMark compares it (0.31.2, "matches"): white space folded, case folded, escapes kept.
 *
 * @example
 * labelId(' C-Slab\n badge') // → 'C-SLAB BADGE'
 */
export function labelId(label: string): string {
  // Nothing to fold, and letters whose upper case is plain: most labels are asked for many times.
  return /^[!-~]*$/.test(label) ? label.toUpperCase() : normalizeIdentifier(label)
}
