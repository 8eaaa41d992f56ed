import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findRepairs } from './repair.ts'

/** A text with its certain repairs made. */
function repaired(text: string): string {
  let result = ''
  let offset = 0
  for (const { start, end, text: by, confidence } of findRepairs(text)) {
    if (confidence !== 'certain') continue
    result += text.slice(offset, start) + by
    offset = end
  }
  return result + text.slice(offset)
}

/** What becomes of a text whose UTF-8 bytes are read as Latin-1. */
function misread(text: string): string {
  return [...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte)).join('')
}

/** What Windows-1252 has at 0x80 to 0x9F, and is none of Latin-1. */
const SPECIALS = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'

describe('certain repairs', () => {
  it.each([
    ['the arrow of external links, in Latin-1', 'rain â®³', 'rain ⮳'],
    ['the arrow of the current format', 'rain â†—', 'rain ↗'],
    ['an apostrophe', 'donâ€™t', 'don’t'],
    ['an em dash', 'rain â€” wind', 'rain — wind'],
    ['an accent', 'cafÃ©', 'café'],
    ['a no-break space', 'rainÂ\u00a0gauge', 'rain\u00a0gauge'],
    ['several in one text', 'â€œcafÃ©â€¦ naÃ¯veâ€\u009d', '“café… naïve”'],
    ['beside what was read right', 'naïve cafÃ©', 'naïve café'],
    ['a byte order mark, which nobody sees', 'rain ï»¿gauge', 'rain \uFEFFgauge'],
    ['an emoji of four bytes', 'ðŸ˜€ rain', '😀 rain'],
  ])('%s', (_, text, result) => {
    expect(repaired(text)).toBe(result)
  })

  // Facts of ftfy's published examples (python-ftfy, tests/test-cases), as far as no quotes are straightened.
  it.each([
    ['a heart, with a control character', "He's Justinâ\u009d¤", "He's Justin❤"],
    ['a check mark', 'âœ” No problems', '✔ No problems'],
    ['a replacement character', 'in the newspaper ï¿½ email', 'in the newspaper � email'],
    ['German in capitals', 'RUF MICH ZURÃœCK', 'RUF MICH ZURÜCK'],
    ['quotes, read wrong twice', 'New Ã¢â‚¬Å“ RomanceÃ¢â‚¬Â\u009d.', 'New “ Romance”.'],
    ['an accent, read wrong twice', 'Iggy Pop (nÃƒÂ© Jim Osterberg)', 'Iggy Pop (né Jim Osterberg)'],
    ['an apostrophe, read wrong three times', 'doesnÃƒÂ¢Ã¢â€šÂ¬Ã¢â€žÂ¢t have', 'doesn’t have'],
    ['a face, read wrong twice', 'Ã¢â€\u009dâ€™(Ã¢Å’Â£Ã‹â€ºÃ¢Å’Â£)Ã¢â€\u009dÅ½', '┒(⌣˛⌣)┎'],
    ['a quote in UTF-8 and one in Latin-1', 'â\u0080\u009csenza modifiche\u0094', '“senza modifiche\u0094'],
    ['French', 'HÃ´tel de Police', 'Hôtel de Police'],
    ['French with a no-break space', "ART TRIP Ã\u00a0 l'office", "ART TRIP à l'office"],
    ['French and Arabic', 'bonne fÃªte Ø¹ÙŠØ¯ Ø³Ø¹ÙŠØ¯.', 'bonne fête عيد سعيد.'],
    [
      'Vietnamese',
      'Táº¡i sao giÃ¡ háº¡t sáº§u riÃªng láº¡i lÃªn giÃ¡?',
      'Tại sao giá hạt sầu riêng lại lên giá?',
    ],
    ['Spanish in capitals', 'DOS AÃ‘OS', 'DOS AÑOS'],
    [
      'Portuguese, partly right',
      'III DivisÃ£o - SÃ©rie F > Classificação',
      'III Divisão - Série F > Classificação',
    ],
    ['Hebrew, with control characters', '×\u0090×\u0091×\u0091×\u0090', 'אבבא'],
    ['Arabic', 'Ø±Ø³Ø§Ù„Ø©', 'رسالة'],
    [
      'control characters among what was read right',
      'Ecuadorâ\u0080\u0099s pressureâ\u0080\u0099…',
      'Ecuador’s pressure’…',
    ],
    ['an ellipsis before a quote that is right', 'â€œmismatched quotesâ€¦”', '“mismatched quotes…”'],
    ['a sign behind a backslash', '<40\\% vs â\u0089¥40\\%', '<40\\% vs ≥40\\%'],
    ['one accent', 'aoÃ»t', 'août'],
    ['capitals with a quote for an accent', 'HÃ”TEL', 'HÔTEL'],
    ['capitals with a trade mark for an accent', 'CÃ™IS', 'CÙIS'],
    ['at the end of a word in capitals', 'OÃ™ ET QUAND?', 'OÙ ET QUAND?'],
    ['at the start of a text', 'Ã¥klagarmyndighets', 'åklagarmyndighets'],
    ['with a sign of currency', 'NicolÃ¡s', 'Nicolás'],
  ])('as ftfy has it: %s', (_, text, result) => {
    expect(repaired(text)).toBe(result)
  })

  it('are told with their places, and nothing more than was wrong', () => {
    expect(findRepairs('naïve donâ€™t cafÃ©')).toEqual([
      { start: 9, end: 12, text: '’', confidence: 'certain' },
      { start: 17, end: 19, text: 'é', confidence: 'certain' },
    ])
  })

  it('bring back every character of three and four bytes, read wrong once or twice', () => {
    const character = fc
      .integer({ min: 0x800, max: 0x10ffff })
      .filter((code) => code < 0xd800 || code > 0xdfff)
      .map((code) => String.fromCodePoint(code))
    fc.assert(
      fc.property(character, (one) => {
        expect(repaired(`a ${misread(one)} b`)).toBe(`a ${one} b`)
        expect(repaired(`a ${misread(misread(one))} b`)).toBe(`a ${one} b`)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('what may be meant', () => {
  it.each([
    ['Turkish', 'Ä°stanbul', 'İ'],
    ['Latvian', 'RÄ«ga', 'ī'],
    ['Greek in a name', 'IL2RÎ³cKO', 'γ'],
    ['a multiplication sign before a quote', '“×” curves', 'ה'],
    ['a capital before an ellipsis', 'SE VOCÊ…', 'ʅ'],
    ['a capital before an apostrophe', 'Join ZZAJÉ’s list', 'ɒ'],
    ['a capital before a registered sign', 'NESTLÉ® requiere', 'ɮ'],
    ['a capital before an inverted mark', 'QUEM É¿', 'ɿ'],
    ['a capital before a no-break space', 'SELKÄ\u00a0EDELLA', 'Ġ'],
    ['a capital before a trade mark', 'AHÅ™, the sofa', 'ř'],
    ['a sign of length before a dash', 'a radius of 10 Å—', 'ŗ'],
    ['Portuguese in quotes', '“AMANHÃ”', 'Ô'],
    ['a diaeresis before an ellipsis and a quote', 'Charlotte Brontë…”', '녔'],
    ['an acute before an ellipsis and a quote', '“Un café…”', '酔'],
    ['an acute before two quotes', '‘naïveté’”', '钔'],
    ['an accent before accents for quotes', 'vai pegar o trem pra lá´´', 'ᴴ'],
    ['a letter that is spoken of', 'There are a lot of Ã’s', 'Ò'],
  ])('is reported and left: %s', (_, text, candidate) => {
    expect(findRepairs(text)).toMatchObject([{ text: candidate, confidence: 'likely' }])
    expect(repaired(text)).toBe(text)
  })

  it.each([
    ['plain text', 'rain and wind'],
    ['accents', 'château naïve Ångström Ãngstrom'],
    ['Greek with diaereses for quotes', 'Η ¨ανατροφή¨ δυστυχώς'],
    ['a letter behind a no-break space', 'ammaccato,\u00a0è come'],
    ['accents for quotes', '``toda produzida pra assa aí´´'],
    ['an elision', 'L’épisode 8 est trop fou'],
    ['eyebrows', 'Ôôô VIDA MINHA, ( o¬ô ), Ō¬o'],
    ['a copyright sign behind a no-break space', '[x]\u00a0©'],
    ['signs', '2012—∞ ∆° (-1/2)! = √π'],
    ['a letter on its own', 'C O N C L U S Ã O'],
    ['two strings that were joined', 'Vahbarz, frataraká§ 141'],
    ['Norwegian in capitals', 'HÅØYA ER BLÅØYD'],
    ['line art', '├┤a┼┐a┼┐a'],
    ['a control character behind a letter', 'encore beaucoup parlé\u0085 Tu sais'],
    ['letters that no encoding has', 'NICIODATĂ™ Āø ŉ'],
    ['emoji', '😀👍🏽'],
    ['half an emoji', '\ud83d â'],
    ['sequences cut short', 'â€ Ã ðŸ˜'],
    ['overlong forms, surrogates and what lies beyond Unicode', 'À¯ í\u00a0\u0080 ô\u0090\u0080\u0080'],
  ])('is not even reported: %s', (_, text) => {
    expect(findRepairs(text)).toEqual([])
  })
})

describe('repairs of any text', () => {
  const character = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0x80, max: 0xff }).map((code) => String.fromCharCode(code)) },
    fc.constantFrom(...SPECIALS),
    fc.constantFrom('a', 'A', ' ', '😀', '\ud83d', '⮳'),
  )
  const anyText = fc.array(character, { maxLength: 25 }).map((characters) => characters.join(''))

  it('leave nothing for a second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = repaired(text)
        expect(repaired(once)).toBe(once)
      }),
      { numRuns: 3000 },
    )
  })

  it('are in order, apart, and change something', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0
        for (const { start, end, text: by } of findRepairs(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(by).not.toBe(text.slice(start, end))
          last = end
        }
        expect(last).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it('leave ASCII alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        expect(findRepairs(text)).toEqual([])
      }),
    )
  })
})
