/**
 * Shows what cannot be seen in the text of others: a control character, an override of the reading order or a
 * separator that ends lines becomes an escape, as the runtime's messages write it. What a page may do with such
 * characters is harmless, but a name that reads as another one is not.
 */
export function shownText(text: string): string {
  return text.replace(/(?![ \n])[\p{C}\p{Z}]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}
