/**
 * Where this library is not tokio or std on purpose, each as the reason that `pnpm conformance` prints.
 *
 * What is not here may not be claimed by a test: a behaviour is held, or it is missing.
 */
export const DECIDED = {
  defaultRuntime: 'A bare call outside a runtime uses the default one.',
  joinTwice: 'A handle may be awaited again and gives the same outcome.',
  rootIsTask: 'The body of main is a task with an id.',
  noUnwindOnTermination: 'The finally blocks of a thread that is terminated do not run.',
  abortStopsBlocking: 'Abort stops a running blocking job: the kernel ends its thread.',
  garbageCollected:
    'Nothing is dropped: close, release and dispose are calls, and a forgotten object is collected.',
  oneUse: 'An operation belongs to the task that uses it, and is used once.',
  doneIsUndefined: 'A channel gives undefined once it is closed and drained, and undefined cannot be sent.',
  closedThrows: 'Sending on a closed channel throws ChannelClosed, which carries the value.',
  noBlockingHere:
    'Nothing blocks the thread of an executor: there is no block_on, and a blocking join is refused.',
  alwaysDrivers: 'There are no drivers to enable: every runtime has timers and sockets.',
  handlesAreByReference: 'A branch that is a handle or a promise is by reference: losing stops the waiting.',
  disabledIsNotBuilt: 'A branch of when(false, …) is not called at all.',
  milliseconds: 'Time is in whole milliseconds, and a timer never fires early.',
  eventInterval: 'A turn is up to 512 polls: a visit to the event loop costs more than one of tokio’s.',
  errorsHaveStacks: 'Where a call was made is in the stack of the error that it throws.',
  oneIsolate: 'Tasks of one executor share one isolate and never run in parallel.',
  leftTasksAreAborted:
    'What a thread leaves when it ends, tasks and threads, is aborted and does not outlive it.',
  failureIsInTheHandle:
    'A spawn returns at once, and no failure of a thread throws: its handle gives it, as a crash.',
  returnedIsJoined:
    'A handle that a task function returns is joined, and what crosses a thread is its outcome.',
  methodsStay:
    'What has methods, a handle or a scope, stays in its isolate: another thread makes one of its own.',
  startedTasksStay: 'A task that has started stays on its thread: a generator cannot leave its isolate.',
} as const;
