/**
 * A picture made of points, for what there may be very much of. A canvas takes a microsecond for each rectangle, and
 * ten for each that is hatched; a row of numbers takes a few nanoseconds. All is in points of the screen, and drawn
 * over whatever was there.
 */
export class Raster {
  width = 0;
  height = 0;
  /** From 0 to 1: how strong all that is drawn now is. */
  strength = 1;
  #image = new ImageData(1, 1);
  #points = new Uint32Array(1);

  /** Makes it empty, and so large. */
  clear(width: number, height: number): void {
    if (this.#image.width !== width || this.#image.height !== height) {
      this.#image = new ImageData(Math.max(1, width), Math.max(1, height));
      this.#points = new Uint32Array(this.#image.data.buffer);
    } else this.#points.fill(0);
    this.width = width;
    this.height = height;
  }

  fill(x: number, y: number, width: number, height: number, colour: number): void {
    const value = this.#faded(colour);
    const [left, right] = [Math.max(0, x), Math.min(this.width, x + width)];
    if (right <= left) return;
    const end = Math.min(this.height, y + height) * this.width;
    const points = this.#points;
    for (let start = Math.max(0, y) * this.width; start < end; start += this.width) {
      // A call costs more than a few points do, and most of what is drawn is a few points wide.
      if (right - left > 16) points.fill(value, start + left, start + right);
      else for (let at = start + left; at < start + right; at++) points[at] = value;
    }
  }

  /** Diagonal stripes of two colours, each so many points wide. They continue from one rectangle to the next. */
  hatch(
    x: number,
    y: number,
    width: number,
    height: number,
    colour: number,
    other: number,
    stripe: number,
  ): void {
    const [one, two] = [this.#faded(colour), this.#faded(other)];
    const [left, right] = [Math.max(0, x), Math.min(this.width, x + width)];
    const period = 2 * stripe;
    for (let line = Math.max(0, y); line < Math.min(this.height, y + height); line++) {
      const start = line * this.width;
      for (let at = left; at < right; at++) {
        this.#points[start + at] = (at + line) % period < stripe ? one : two;
      }
    }
  }

  show(context: CanvasRenderingContext2D): void {
    context.putImageData(this.#image, 0, 0);
  }

  #faded(colour: number): number {
    return this.strength === 1
      ? colour
      : ((colour & 0xffffff) | (Math.round(this.strength * 255) << 24)) >>> 0;
  }
}

/** `#rrggbb` as the number that a point has. */
export function pointOf(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((from) => Number.parseInt(colour.slice(from, from + 2), 16) || 0);
  return ((255 << 24) | (blue! << 16) | (green! << 8) | red!) >>> 0;
}
