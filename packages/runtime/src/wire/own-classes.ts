import { type AnyClass, registerClass } from './register-class.js';
import { crossesAsThrown } from './thrown-fields.js';

/** Makes the classes of heddle that a program meets cross threads as themselves. Both sides call it. */
export function registerOwnClasses(own: {
  readonly JoinError: AnyClass;
  readonly TaskCancelled: AnyClass;
}): void {
  registerClass(own.JoinError, 'heddle.JoinError');
  // Its cause is whatever a body threw.
  crossesAsThrown(own.JoinError);
  registerClass(own.TaskCancelled, 'heddle.TaskCancelled');
}
