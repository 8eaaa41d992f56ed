/** Plain data as one text, whatever order its tables were made in. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = value instanceof Map ? [...value] : Object.entries(value)
  const texts = entries.map(([key, one]) => `${JSON.stringify(String(key))}:${canonical(one)}`)
  return `{${texts.sort().join(',')}}`
}
