/** What a person decided about labels, by label id; made once for the same settings. */
import { labelId, type Settings } from 'mdshift'

const known = new WeakMap<Settings['labels'], ReadonlyMap<string, string>>()

export function labelsByHand({ labels }: Settings): ReadonlyMap<string, string> {
  const byId = known.get(labels) ?? new Map([...labels].map(([old, label]) => [labelId(old), label]))
  known.set(labels, byId)
  return byId
}
