import { registerClass } from '@heddle/runtime';
import { OrderError } from './order-error.js';

/** The jobs, in a module that tells heddle of their class: both sides must, for it to arrive as itself. */
registerClass(OrderError);

export {
  burn,
  exhaustMemory,
  exit,
  giveFunction,
  meet,
  ok,
  reject,
  rejectUnhandled,
  spin,
  stay,
  throwAfterwards,
  throwAggregate,
  throwDomException,
  throwError,
  throwLate,
  throwObject,
  throwOwnClass,
  throwString,
  throwUndefined,
  wait,
} from './jobs.js';
