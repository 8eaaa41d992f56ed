/** What stands in an assembled chapter, of what its files have at offsets. */
import type { Scope } from './definitions.ts'

/**
 * The facts of an assembled chapter, in order.
 *
 * @param scope the chapter
 * @param factsOf what a file has, in the order of offsets into it
 */
export function factsIn<Fact extends { readonly at: number }>(
  scope: Scope,
  factsOf: (path: string) => readonly Fact[],
): { readonly path: string; readonly fact: Fact }[] {
  return scope.sections.flatMap((section) =>
    factsOf(section.path)
      .filter(({ at }) => isIn(section, at))
      .map((fact) => ({ path: section.path, fact })),
  )
}

/** Whether an offset into a file is shown in an assembled chapter. */
export function isShown(scope: Scope, path: string, at: number): boolean {
  return scope.sections.some((section) => section.path === path && isIn(section, at))
}

/** The whole of an included part is taken at once. */
function isIn({ key, path, from, to, origin }: Scope['sections'][number], at: number): boolean {
  if (origin) return origin.start <= at && at < origin.end
  return key === path && from <= at && at < to
}
