/** What transforms print, on its way to people: so much of it, and nothing that steers a terminal. */
import { visible } from '../report/terminal.ts'
import type { Stream } from './io.ts'

/** Code units; nobody reads more. */
const MOST = 1_000_000

/** Takes what is printed in threads; what is beyond the bound is not shown, and that is said. */
export function printedIn(stream: Pick<Stream, 'raw'>): (text: string) => void {
  let left = MOST
  return (text) => {
    if (left <= 0) return
    stream.raw(text.slice(0, left).split('\n').map(shown).join('\n'))
    left -= text.length
    if (left <= 0) stream.raw('\n… What transforms print beyond this is not shown.\n')
  }
}

/** Tabs are nothing that steers. */
function shown(line: string): string {
  return line.split('\t').map(visible).join('\t')
}
