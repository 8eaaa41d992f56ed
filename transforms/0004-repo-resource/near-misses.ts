/** Why a label that says `github` is no label of a repository. */

/**
 * The reason, for a label of the current syntax.
 *
 * @param label as written
 * @returns `undefined` where the label does not say `github`
 */
export function whyItStays(label: string): string | undefined {
  const segments = label.toLowerCase().split('~')
  if (segments.length < 2 || !segments.some((segment) => segment.includes('github'))) return undefined
  if (segments[0] === 'github') return 'github is the site itself as the first segment'
  const index = segments.indexOf('github')
  if (index < 0) return 'github is a part of a name here, and no segment'
  const last = segments.at(-1) === 'badge' ? segments.length - 2 : segments.length - 1
  return index < last
    ? 'github is a resource only at the end of a label'
    : `github is what the label is about, behind the namespace ${segments[index - 1]}`
}
