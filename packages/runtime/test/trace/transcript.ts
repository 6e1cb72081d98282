import type { TaskKey, TraceRun } from '@heddle/runtime/trace';

/** What happened, a line an event, without times. Tasks are called by their names, or else by the order of their spawns: `#1`. */
export function transcript({ events }: TraceRun): string[] {
  const names = new Map<TaskKey, string>();
  for (const event of events) {
    if (event.k === 'spawn') names.set(event.task, event.name ?? `#${names.size + 1}`);
  }
  const called = (task: TaskKey): string => names.get(task) ?? task;
  return events.map((event): string => {
    switch (event.k) {
      case 'spawn':
        return `spawn ${called(event.task)}${event.by === undefined ? '' : ` by ${called(event.by)}`}${event.early ? ', early' : ''}`;
      case 'poll':
        return `poll ${called(event.task)}, ${event.ready} ready`;
      case 'pend': {
        const on = event.of === undefined ? event.on : called(event.of);
        return `pend ${called(event.task)} ${event.end}${on === undefined ? '' : ` on ${on}`}`;
      }
      case 'wake':
      case 'abort':
        return `${event.k} ${called(event.task)}${event.by === undefined ? '' : ` by ${called(event.by)}`}`;
      case 'settle':
        return `settle ${called(event.task)} ${event.end}`;
      case 'thread':
        return `thread ${event.thread} ${event.name}${event.job === undefined ? '' : ` for ${called(event.job)}`}`;
      case 'mark':
        return `mark ${event.name}`;
      case 'park':
      case 'unpark':
      case 'exit':
        return event.k;
      default:
        return `${event.k} of the kernel`;
    }
  });
}
