/** Which layouts a case is tried in. */
import { VARIANT_NAMES, type VariantName } from './variants.ts'

export interface VariantChoice {
  /** These alone; all where none is named. */
  readonly variants?: readonly VariantName[]
  /** All but these. */
  readonly without?: readonly VariantName[]
  /** `false` for a one-off codemod that would change its own result again; it is not tried twice then. */
  readonly idempotent?: boolean
}

/** The layouts that are chosen, in their order, and whether a second run has to change nothing. */
export function chosenVariants({
  variants = VARIANT_NAMES,
  without = [],
  idempotent = true,
}: VariantChoice): {
  readonly names: readonly VariantName[]
  readonly idempotent: boolean
} {
  const isSettled = idempotent && !without.includes('twice')
  const names = VARIANT_NAMES.filter(
    (name) => variants.includes(name) && !without.includes(name) && (isSettled || name !== 'twice'),
  )
  return { names, idempotent: isSettled }
}
