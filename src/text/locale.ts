/** The languages that the program speaks; Thai is the first. */
export const locales = ['th', 'en'] as const
export type Locale = (typeof locales)[number]
