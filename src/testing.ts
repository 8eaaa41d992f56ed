/**
 * mdshift's public API for tests: a transform is tried on Markdown before and after, in every layout that must make no
 * difference, and what it does is proven as `mdshift run` proves it.
 */

export type { Runner } from './testing/runner.ts'
export { type CaseOptions, testCase } from './testing/test-case.ts'
export { type TestOptions, testTransform } from './testing/test-transform.ts'
export type { Testable } from './testing/testable.ts'
export type { Texts } from './testing/texts.ts'
export type { VariantName } from './testing/variants.ts'
