import { PoisonError } from '@heddle/runtime/thread';
import type { Provocations } from '../provocations.js';

export const sharing: Provocations = {
  '‹operation›: poisoned, since a thread ended or a function threw while it held the lock': () =>
    new PoisonError('sharedMutex.lock'),
};
