/** Which part of all files one of several machines tells of. */
import { sha256 } from './sha256.ts'

/** `2/8`: the second of eight. */
export interface Shard {
  /** From 1 on. */
  readonly number: number
  readonly of: number
}

/**
 * The shard that a file falls to, by its name alone: so that a file that comes or goes moves no other. Its size cannot
 * count, since it changes.
 *
 * @param name as the user names the file: files of one name in many books are not to meet in one shard
 */
export function shardOf(name: string, of: number): number {
  return (Number.parseInt(sha256(name).slice(0, 12), 16) % of) + 1
}
