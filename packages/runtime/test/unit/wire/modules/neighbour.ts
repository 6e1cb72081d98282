export const where: string = import.meta.url;

export function double(n: number): number {
  return n * 2;
}

function triple(n: number): number {
  return n * 3;
}

export { triple as default };
