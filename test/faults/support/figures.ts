/** What was tried, and how often: told where all went well, too. */
export function tell(what: string, figures: Readonly<Record<string, number | string>>): void {
  const told = Object.entries(figures).map(([name, figure]) => `${name} ${figure}`)
  console.log(`FIGURES  ${what}: ${told.join(', ')}`)
}
