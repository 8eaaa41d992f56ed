/** What Markdown cannot say, found in the middle of printing; `printChanges` makes a value of it. */
import type { Nodes } from 'mdast'

export class Refusal extends Error {
  readonly node: Nodes

  /**
   * @param node that cannot be written
   * @param message why
   */
  constructor(node: Nodes, message: string) {
    super(message)
    this.name = 'Refusal'
    this.node = node
  }
}
