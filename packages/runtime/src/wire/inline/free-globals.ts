/**
 * The names that mean the same on every thread, so that an inline function may use them freely.
 *
 * A fixed list and not "whatever is a global here": a test runner or a polyfill adds globals of its own, and
 * a function must not be accepted or refused according to what happens to be loaded. Left out of Node's are
 * the names that only exist in a module (`require`, `module`, `__dirname`): they belong to a file.
 */
export const freeGlobals: ReadonlySet<string> = new Set([
  // ECMAScript
  ...['globalThis', 'Infinity', 'NaN', 'undefined', 'eval', 'isFinite', 'isNaN', 'parseFloat', 'parseInt'],
  ...['decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'unescape'],
  ...['Object', 'Function', 'Boolean', 'Symbol', 'Number', 'BigInt', 'Math', 'Date', 'String', 'RegExp'],
  ...['Array', 'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'FinalizationRegistry', 'Iterator'],
  ...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array'],
  ...['Uint32Array', 'Float16Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'],
  ...[
    'ArrayBuffer',
    'SharedArrayBuffer',
    'DataView',
    'Atomics',
    'JSON',
    'Promise',
    'Proxy',
    'Reflect',
    'Intl',
  ],
  ...['Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError'],
  ...['URIError', 'SuppressedError', 'DisposableStack', 'AsyncDisposableStack', 'Temporal', 'WebAssembly'],
  // Node
  ...[
    'global',
    'process',
    'console',
    'Buffer',
    'performance',
    'crypto',
    'navigator',
    'fetch',
    'structuredClone',
  ],
  ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'],
  ...['queueMicrotask', 'atob', 'btoa', 'URL', 'URLSearchParams', 'URLPattern', 'TextEncoder', 'TextDecoder'],
  ...['AbortController', 'AbortSignal', 'Event', 'EventTarget', 'CustomEvent', 'CloseEvent', 'ErrorEvent'],
  ...['MessageChannel', 'MessagePort', 'MessageEvent', 'BroadcastChannel', 'WebSocket', 'EventSource'],
  ...['DOMException', 'QuotaExceededError'],
  ...['Blob', 'File', 'FormData', 'Headers', 'Request', 'Response', 'Crypto', 'CryptoKey', 'SubtleCrypto'],
  ...[
    'ReadableStream',
    'ReadableStreamDefaultReader',
    'ReadableStreamBYOBReader',
    'ReadableStreamBYOBRequest',
  ],
  ...['ReadableStreamDefaultController', 'ReadableByteStreamController', 'WritableStream'],
  ...['WritableStreamDefaultWriter', 'WritableStreamDefaultController', 'TransformStream'],
  ...['TransformStreamDefaultController', 'TextEncoderStream', 'TextDecoderStream', 'CompressionStream'],
  ...['DecompressionStream', 'ByteLengthQueuingStrategy', 'CountQueuingStrategy'],
  ...['Performance', 'PerformanceEntry', 'PerformanceMark', 'PerformanceMeasure', 'PerformanceObserver'],
  ...['PerformanceObserverEntryList', 'PerformanceResourceTiming', 'Navigator', 'Storage'],
]);
