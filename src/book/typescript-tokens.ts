/**
 * A TypeScript text as its tokens: comments, white space, and what else a formatter may put differently, do
 * not show. The parser drives the scanner, which cannot tell a regular expression from a division alone.
 */
import ts from 'typescript'

/**
 * The tokens of a text, in order. Every statement and every member ends with one `;`, and every expression of
 * several tokens stands in parentheses, whether it is written so or not.
 */
export function tokensOf(text: string): string[] {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true)
  const tokens: string[] = []
  const walk = (node: ts.Node, parent: ts.Node | undefined): void => {
    if (ts.isJSDoc(node) || isLayout(node, parent, source)) return
    const children = node.getChildren(source)
    const grouped = ts.isExpression(node) && children.length > 0 && !isRedundant(node)
    if (grouped) tokens.push('(')
    for (const child of children) walk(child, node)
    if (children.length === 0) tokens.push(textOf(node, source))
    if (grouped) tokens.push(')')
    if (isTerminated(node)) tokens.push(';')
  }
  walk(source, undefined)
  return tokens.filter((token) => token !== '')
}

/** Quotes may be single or double: a string is its value. */
function textOf(node: ts.Node, source: ts.SourceFile): string {
  return ts.isStringLiteral(node) ? JSON.stringify(node.text) : node.getText(source)
}

function isLayout(node: ts.Node, parent: ts.Node | undefined, source: ts.SourceFile): boolean {
  if (!parent) return false
  const siblings = parent.getChildren(source)
  const last = siblings.at(-1) === node
  switch (node.kind) {
    case ts.SyntaxKind.CommaToken:
      return last && !siblings.some(({ kind }) => kind === ts.SyntaxKind.OmittedExpression)
    case ts.SyntaxKind.SemicolonToken:
      return last && isTerminated(parent)
    case ts.SyntaxKind.BarToken:
    case ts.SyntaxKind.AmpersandToken:
      return siblings[0] === node
    case ts.SyntaxKind.OpenParenToken:
    case ts.SyntaxKind.CloseParenToken:
      return ts.isParenthesizedExpression(parent)
    default:
      return false
  }
}

function isTerminated(node: ts.Node): boolean {
  return ts.isStatement(node) || ts.isTypeElement(node) || ts.isClassElement(node)
}

/** Parentheses only group, but for those that end an optional chain: `(a?.b).c`. */
function isRedundant(node: ts.Expression): boolean {
  return ts.isParenthesizedExpression(node) && !ts.isOptionalChain(node.expression)
}
