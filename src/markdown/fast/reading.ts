/** What inline syntax is read with. */
import type { Point } from 'unist'
import type { Recorder } from './record.ts'

export interface Reading {
  point(offset: number): Point
  isKnown(id: string): boolean
  readonly recorder: Recorder
}
