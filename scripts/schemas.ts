/** The JSON Schemas that are shipped, by their file's name, made of what mdshift checks with. */
import { z } from 'zod'
import { configSchema } from '../src/book/config-schema.ts'
import { decisionsSchema } from '../src/book/decisions-schema.ts'
import { reportSchema } from '../src/book/report-schema.ts'

export const SCHEMAS: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['mdshift.schema.json', configSchema],
  ['mdshift.decisions.schema.json', decisionsSchema],
  ['mdshift.report.schema.json', reportSchema],
])

export function schemaText(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { target: 'draft-07', io: 'input' }), null, 2)}\n`
}
