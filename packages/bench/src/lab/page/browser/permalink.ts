import type { View } from './view.js';

/** Keeps what is shown and what is selected in the address, and takes it from there: it can be sent to somebody. */
export function linkTo(view: View, apply: () => void): void {
  let timer = 0;
  let written = '';
  read(view, location.hash);
  view.onChange(() => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      written = `#${write(view)}`;
      if (written !== location.hash) history.replaceState(null, '', written);
    }, 200);
  });
  addEventListener('hashchange', () => {
    if (location.hash === written) return;
    read(view, location.hash);
    apply();
    view.changed();
  });
}

function write(view: View): string {
  const fields = new URLSearchParams();
  fields.set('from', String(Math.round(view.from)));
  fields.set('to', String(Math.round(view.to)));
  const { selection } = view;
  if (selection !== undefined)
    fields.set('row', [selection.run, selection.row, Math.round(selection.at)].join());
  if (view.markers.length > 0) fields.set('markers', view.markers.map(Math.round).join());
  if (view.startUp) fields.set('start-up', 'yes');
  if (view.align !== 'start') fields.set('align', view.align);
  if (view.hiddenRuns.size > 0) fields.set('without', [...view.hiddenRuns].join());
  return fields.toString().replaceAll('%2C', ',');
}

/** Takes over what makes sense, and nothing else: anybody can write an address. */
function read(view: View, hash: string): void {
  const fields = new URLSearchParams(hash.slice(1));
  if (!fields.has('from') && !fields.has('row')) return;
  view.startUp = fields.get('start-up') === 'yes';
  const [run, row, at] = numbers(fields.get('row'));
  const known = view.model.runs[run ?? -1]?.rows[row ?? -1];
  view.selection = known === undefined ? undefined : { run: run!, row: row!, at: at ?? known.lifeFrom };
  view.markers = numbers(fields.get('markers')).slice(0, 2);
  view.hiddenRuns.clear();
  for (const place of numbers(fields.get('without')))
    if (view.model.runs[place] !== undefined) view.hiddenRuns.add(place);
  const align = fields.get('align');
  view.alignOn(align === 'end' || align === 'selected' ? align : 'start');
  const [from] = numbers(fields.get('from'));
  const [to] = numbers(fields.get('to'));
  if (from !== undefined && to !== undefined && to > from) view.show(from, to, false);
}

function numbers(text: string | null): number[] {
  if (text === null || text === '') return [];
  return text.split(',').map(Number).filter(Number.isFinite);
}
