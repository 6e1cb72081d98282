import { HUES } from './model.js';
import { pointOf } from './raster.js';

/** The colours of the style, as the canvas needs them; read again when the system goes dark or light. */
export interface Paint {
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  readonly paper: string;
  readonly other: string;
  readonly accent: string;
  readonly bad: string;
  readonly hues: readonly string[];
  /** The same as points of a raster. */
  readonly points: {
    readonly ink: number;
    readonly paper: number;
    readonly other: number;
    readonly hues: readonly number[];
  };
  /** Lines over a colour: it wants and does not have. */
  readonly hatch: CanvasPattern;
  /** Denser ones: polled, and without a CPU. */
  readonly hole: CanvasPattern;
}

export function readPaint(): Paint {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const paper = colour('--paper');
  const hues = Array.from({ length: HUES }, (_, hue) => colour(`--hue-${hue}`));
  return {
    ink: colour('--ink'),
    faint: colour('--faint'),
    line: colour('--line'),
    paper,
    other: colour('--other'),
    accent: colour('--accent'),
    bad: colour('--bad'),
    hues,
    points: {
      ink: pointOf(colour('--ink')),
      paper: pointOf(paper),
      other: pointOf(colour('--other')),
      hues: hues.map(pointOf),
    },
    hatch: pattern(6, 2.2, paper, undefined, 1),
    hole: pattern(6, 2.4, colour('--ink'), paper, -1),
  };
}

/** Diagonal lines that meet at the edges of a tile. */
function pattern(
  size: number,
  width: number,
  line: string,
  ground: string | undefined,
  direction: 1 | -1,
): CanvasPattern {
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const context = tile.getContext('2d')!;
  if (ground !== undefined) {
    context.fillStyle = ground;
    context.fillRect(0, 0, size, size);
  }
  context.strokeStyle = line;
  context.lineWidth = width;
  context.beginPath();
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift - 1, direction > 0 ? size + 1 : -1);
    context.lineTo(shift + size + 1, direction > 0 ? -1 : size + 1);
  }
  context.stroke();
  return context.createPattern(tile, 'repeat')!;
}
