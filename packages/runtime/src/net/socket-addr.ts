import { isIPv6 } from 'node:net';
import { safeInspect } from '../base/safe-inspect.js';

/** Where to bind or connect: `'127.0.0.1:8080'`, `'localhost:8080'`, `'[::1]:8080'`, or its two parts. */
export type Address = string | { readonly host: string; readonly port: number };

/**
 * One end of a connection: an IP address and a port. Its text is the form that `bind` and `connect` take.
 *
 * @example
 * const listener = await TcpListener.bind('127.0.0.1:0');
 * const address = listener.localAddr();
 * console.log(address.host, address.port > 0, `${address}`.startsWith('127.0.0.1:')); // 127.0.0.1 true true
 * listener.close();
 */
export class SocketAddr {
  /** The IP address, without brackets. */
  readonly host: string;
  readonly port: number;

  /** Not for programs: `localAddr()` and `peerAddr()` make it. */
  constructor(host: string, port: number) {
    this.host = host;
    this.port = port;
  }

  toString(): string {
    return isIPv6(this.host) ? `[${this.host}]:${this.port}` : `${this.host}:${this.port}`;
  }
}

/** Reads an address in one of its forms. Throws a `TypeError` or `RangeError` that names what was got. */
export function parseAddress(caller: string, address: unknown): { host: string; port: number } {
  if (typeof address === 'string') {
    const bracketed = /^\[([^[\]]+)\]:(\d{1,5})$/.exec(address) ?? /^([^[\]:\s]+):(\d{1,5})$/.exec(address);
    if (bracketed === null) throw badAddress(caller, address);
    return { host: bracketed[1] as string, port: checkPort(caller, Number(bracketed[2])) };
  }
  if (typeof address !== 'object' || address === null) throw badAddress(caller, address);
  const { host, port } = address as { host?: unknown; port?: unknown };
  if (typeof host !== 'string' || host === '') throw badAddress(caller, address);
  return { host, port: checkPort(caller, port) };
}

function checkPort(caller: string, port: unknown): number {
  if (typeof port !== 'number') {
    throw new TypeError(
      `${caller}: port must be a whole number from 0 to 65535, got ${safeInspect(port, 100)}`,
    );
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new RangeError(`${caller}: port must be a whole number from 0 to 65535, got ${port}`);
  }
  return port;
}

function badAddress(caller: string, address: unknown): TypeError {
  return new TypeError(
    `${caller}: expected "host:port", "[::1]:port" or { host, port }, got ${safeInspect(address, 100)}`,
  );
}
