/** An author of JavaScript has no types to tell what a helper is for. */
import type { Nodes } from 'mdast'

/**
 * The error of a helper that is given a node of another kind.
 *
 * @param node that was given
 * @param lacking what it does not have
 * @param find what to find first
 */
export function wrongNode({ type }: Nodes, lacking: string, find: string): TypeError {
  return new TypeError(`a ${type} has no ${lacking}: find ${find} first`)
}
