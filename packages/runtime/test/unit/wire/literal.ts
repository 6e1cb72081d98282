import vm from 'node:vm';

/** A function with exactly this source: what a test writes itself, a tool may have rewritten. */
export function literal(source: string): (...args: unknown[]) => unknown {
  return vm.runInThisContext(`(${source}\n)`) as (...args: unknown[]) => unknown;
}

/** A method, accessor or field function with exactly this source. */
export function member(source: string, key: PropertyKey): (...args: unknown[]) => unknown {
  const object = vm.runInThisContext(`({ ${source} })`) as object;
  const found = Object.getOwnPropertyDescriptor(object, key);
  return (found?.get ?? found?.value) as (...args: unknown[]) => unknown;
}
