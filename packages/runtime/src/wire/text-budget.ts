import { LIMITS } from './error-message.js';

/**
 * Shares out the text of one payload: whoever asks may have half of what is left.
 *
 * So a huge message leaves room for the stack, and the first errors, which say most, get most. A text that
 * is cut ends with a note, and the note is part of the share: what was cut once fits the second time.
 */
export class TextBudget {
  #left: number = LIMITS.chars;

  /** Gives `text`, or its beginning and a note of how much is missing. */
  cut(text: string): string {
    const share = this.#left >> 1;
    const kept = text.length <= share ? text : shorten(text, share);
    this.#left -= Math.min(kept.length, this.#left);
    return kept;
  }

  /** Takes all of `text`, or answers that it does not fit. */
  takeWhole(text: string): boolean {
    if (text.length > this.#left >> 1) return false;
    this.#left -= text.length;
    return true;
  }
}

/** Says that `count` things of a kind were left out: `… 36 more errors were cut`. */
export function cutNote(count: number, one: string, many: string): string {
  const digits = String(count).replace(/\B(?=(\d{3})+$)/g, ',');
  return count === 1 ? `… 1 more ${one} was cut` : `… ${digits} more ${many} were cut`;
}

/** Whether `value` is a note that stands for what an earlier crossing left out. */
export function isCutNote(value: unknown): value is string {
  return typeof value === 'string' && (value === CUT_KEY || /^… .+ cut$/.test(value));
}

/** The name of the property that holds such a note, and what is left of a text when there is no room. */
export const CUT_KEY = '…';

function shorten(text: string, share: number): string {
  // The note's own length depends on its number, which only shrinks as the note grows: this is room enough.
  const room = cutNote(text.length, 'character', 'characters').length;
  const keep = share - room;
  if (keep <= 0) return CUT_KEY;
  return text.slice(0, keep) + cutNote(text.length - keep, 'character', 'characters');
}
