import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';

/**
 * Takes what is in a port and was not delivered yet. A message that cannot be read here is gone all the same, and
 * `unreadable` is told why.
 */
export function takeMessages<M>(
  port: MessagePort,
  hear: (message: M) => void,
  unreadable: (error: unknown) => void,
): void {
  for (;;) {
    let next: { readonly message: M } | undefined;
    try {
      next = receiveMessageOnPort(port) as typeof next;
    } catch (error) {
      unreadable(error);
      continue;
    }
    if (next === undefined) return;
    hear(next.message);
  }
}
