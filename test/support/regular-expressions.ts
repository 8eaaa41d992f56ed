/** All regular expressions of a source file, as TypeScript reads it; those that are put together of constants too. */
import ts from 'typescript'

interface FoundExpression {
  readonly source: string
  readonly flags: string
  readonly line: number
}

export interface Expressions {
  readonly known: readonly FoundExpression[]
  /** The argument of `new RegExp`, where it is not made of constants alone. */
  readonly unknown: readonly string[]
}

/** @param text of a TypeScript file */
export function regularExpressionsIn(text: string): Expressions {
  const file = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true)
  const constants = constantsOf(file)
  const known: FoundExpression[] = []
  const unknown: string[] = []
  const visit = (node: ts.Node): void => {
    const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1
    if (ts.isRegularExpressionLiteral(node)) known.push({ ...partsOf(node.text), line })
    if (ts.isNewExpression(node) && node.expression.getText(file) === 'RegExp') {
      const [first, second] = node.arguments ?? []
      const source = first && textOf(first, constants)
      const flags = second ? textOf(second, constants) : ''
      if (source === undefined || flags === undefined) unknown.push(first?.getText(file) ?? '')
      else known.push({ source, flags, line })
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return { known, unknown }
}

type Constants = ReadonlyMap<string, ts.Expression>

function constantsOf(file: ts.SourceFile): Constants {
  const constants = new Map<string, ts.Expression>()
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue
    for (const { name, initializer } of statement.declarationList.declarations)
      if (ts.isIdentifier(name) && initializer) constants.set(name.text, initializer)
  }
  return constants
}

/** The text that an expression stands for, where constants of the file say it. */
function textOf(node: ts.Expression, constants: Constants): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isTaggedTemplateExpression(node)) {
    const { template } = node
    const raw = (part: ts.TemplateLiteralLikeNode) => part.rawText ?? part.text
    if (ts.isNoSubstitutionTemplateLiteral(template)) return raw(template)
    return joined(template, raw, constants)
  }
  if (ts.isTemplateExpression(node)) return joined(node, ({ text }) => text, constants)
  if (ts.isIdentifier(node)) {
    const constant = constants.get(node.text)
    return constant && textOf(constant, constants)
  }
  if (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'source' &&
    ts.isIdentifier(node.expression)
  ) {
    const constant = constants.get(node.expression.text)
    return constant && ts.isRegularExpressionLiteral(constant) ? partsOf(constant.text).source : undefined
  }
  return undefined
}

function joined(
  { head, templateSpans }: ts.TemplateExpression,
  partOf: (part: ts.TemplateLiteralLikeNode) => string,
  constants: Constants,
): string | undefined {
  let text = partOf(head)
  for (const { expression, literal } of templateSpans) {
    const value = textOf(expression, constants)
    if (value === undefined) return undefined
    text += value + partOf(literal)
  }
  return text
}

function partsOf(literal: string): { source: string; flags: string } {
  const end = literal.lastIndexOf('/')
  // What `d` asks for changes no match.
  return { source: literal.slice(1, end), flags: literal.slice(end + 1).replace('d', '') }
}
