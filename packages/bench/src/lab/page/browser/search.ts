import { byId } from './element.js';
import type { View } from './view.js';

/** Finds rows by their names, and by what they wait for; Enter goes on to the next. */
export class Search {
  readonly input = byId('search') as HTMLInputElement;
  readonly #status = byId('search-status');
  readonly #view: View;
  #found: readonly { readonly run: number; readonly row: number }[] = [];
  #next = 0;

  constructor(view: View, go: (run: number, row: number) => void) {
    this.#view = view;
    this.input.addEventListener('input', () => this.#look());
    this.input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      const found = this.#found[this.#next % Math.max(1, this.#found.length)];
      if (found === undefined) return;
      this.#status.textContent = `${(this.#next % this.#found.length) + 1} of ${this.#found.length}`;
      this.#next += event.shiftKey ? this.#found.length - 1 : 1;
      go(found.run, found.row);
    });
  }

  #look(): void {
    const wanted = this.input.value.trim().toLowerCase();
    this.#next = 0;
    this.#found =
      wanted === ''
        ? []
        : this.#view.model.runs.flatMap((run) => {
            const words = new Set(
              run.words.flatMap((word, place) => (word.toLowerCase().includes(wanted) ? [place] : [])),
            );
            return run.rows
              .filter(
                (row) =>
                  row.name.toLowerCase().includes(wanted) ||
                  row.detail.toLowerCase().includes(wanted) ||
                  (row.kind === 'task' && words.size > 0 && row.on.some((word) => words.has(word))),
              )
              .map(({ place }) => ({ run: run.place, row: place }));
          });
    this.#status.textContent =
      wanted === '' ? '' : `${this.#found.length} found${this.#found.length > 0 ? ', Enter goes there' : ''}`;
  }
}
