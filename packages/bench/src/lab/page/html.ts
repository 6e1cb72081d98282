import { shownText } from './shown-text.js';

/** Markup of ours. Only `html` makes it, so no text of others can pass for it. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = string | number | Html | undefined | readonly Part[];

/** Markup with holes: what is filled in is text, and stays text whatever it contains; `undefined` is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    strings.map((markup, place) => markup + (place < parts.length ? filled(parts[place]) : '')).join(''),
  );
}

function filled(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'object') return part.map(filled).join('');
  return shownText(String(part)).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
