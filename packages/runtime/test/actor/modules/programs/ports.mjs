import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openPorts } from './count-ports.mjs';

/** Counts the ports of its own thread. */
export class Ports {
  nothing() {}

  call(fn) {
    return fn();
  }

  openPorts() {
    return openPorts();
  }

  collect() {
    setFlagsFromString('--expose-gc');
    runInNewContext('gc')();
  }
}
