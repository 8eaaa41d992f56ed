/**
 * Globs that a name can be made for over which the matching takes minutes, and nothing can interrupt it: a glob
 * becomes a regular expression, which tries all ways to divide a name among its wildcards.
 */

/** Of a name of 250 characters, three take some hundredths of a second at worst, four one, and five half a minute. */
const MOST = 3
/** Characters of a glob: paths have no more on most disks. */
const LONGEST = 4096

/** Whether a glob may take long. Where in doubt, it may. */
export function isLaborious(glob: string): boolean {
  if (glob.length > LONGEST) return true
  let plain = glob.replace(/\[[^[\]/]+\]/g, 'x')
  for (;;) {
    const group = GROUP.exec(plain)
    if (!group) break
    const [all, sign = '', inParentheses, inBraces, repeats = ''] = group
    const body = inParentheses ?? inBraces ?? ''
    const isRepeated = REPEATING.has(sign) || REPEATING.has(repeats)
    const isVariable = VARIABLE.test(body)
    if (isRepeated && (isVariable || sign === '!')) return true
    const costliest = body.split(/[|,]/).sort((a, b) => costOf(b) - costOf(a))[0] ?? ''
    const own = isRepeated || sign === '!' ? '+' : isVariable || sign === '?' ? '?' : ''
    plain = plain.replace(all, () => own + costliest)
  }
  return UNMATCHED.test(plain) || costOf(plain) > MOST
}

/** An innermost group, with the sign before it, and the one behind it: that may be the next group's. */
const GROUP = /([*+?!@]?)(?:\(([^(){}]*)\)|\{([^(){}]*)\})(?=([*+]?))/

/** What becomes of a bracket without its other one is for the matcher to say. */
const UNMATCHED = /[(){}]/

const REPEATING = new Set(['*', '+'])

/** What has more than one length, or reads in more than one way. */
const VARIABLE = /[*+?|,]/

/** The wildcards of that name of a path which has most, or those that go over names. */
function costOf(glob: string): number {
  const names = glob.split('/')
  const overNames = names.filter((name) => /^\*{2,}$/.test(name)).length
  return Math.max(overNames, ...names.map((name) => name.match(/\*+|\+/g)?.length ?? 0))
}
