/** How `mdshift status` can say it. */
export const STATUS_FORMATS = ['text', 'json', 'markdown'] as const
