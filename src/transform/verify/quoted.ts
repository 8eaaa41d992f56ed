/** What is shown of a text in a message: in quotes, and not too much of it. */
export function quoted(text = ''): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text)
}
