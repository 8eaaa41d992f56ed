/** jscodeshift without a parser: the same substitutions on the text. */
export default function substitute({ source }) {
  return source
    .replaceAll(/⮳|â®³/g, '↗')
    .replaceAll('â€™', '’')
    .replaceAll(/\[(c|cat|ex|p|blog)-([^\]]+)\]/g, '[$1~$2]')
    .replaceAll(/-github(-badge)?\]/g, '~repo$1]')
    .replaceAll(/\{#skip\d*\}/g, '{.skip}')
}
