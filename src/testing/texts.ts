/** The files of a small book, by their paths in it; a byte order mark stands in the text. */
export type Texts = Readonly<Record<string, string>>

/** What a chapter is called where there is but one. */
export const CHAPTER = 'input.md'
