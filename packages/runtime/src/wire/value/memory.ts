import { types } from 'node:util';

/**
 * The memory under a view, read past any property of the view's own.
 */
export function memoryOf(view: ArrayBufferView): ArrayBufferLike {
  return (types.isDataView(view) ? dataViewBuffer : typedArrayBuffer).call(view) as ArrayBufferLike;
}

/** Whether `memory` was transferred before. `ArrayBuffer.prototype.detached` is younger than our oldest Node. */
export function isDetached(memory: ArrayBufferLike): boolean {
  if (types.isSharedArrayBuffer(memory) || memory.byteLength > 0) return false;
  try {
    new Uint8Array(memory);
    return false;
  } catch {
    return true;
  }
}

/** Whether a `Buffer` is a part of a larger memory, as small ones are of Node's pool. */
export function isPart(buffer: Uint8Array): boolean {
  return typedArrayLength.call(buffer) !== memoryOf(buffer).byteLength;
}

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const typedArrayBuffer = getter(typedArray, 'buffer');
const typedArrayLength = getter(typedArray, 'byteLength');
const dataViewBuffer = getter(DataView.prototype, 'buffer');

function getter(prototype: object, key: string): (this: unknown) => unknown {
  return Object.getOwnPropertyDescriptor(prototype, key)!.get!;
}
