import { debugQuote } from '../../base/printable.js';
import type { TaskKey } from '../../trace/trace-event.js';
import { checkName, listOf, type SeenRun } from './seen-run.js';

/** Throws unless at this mark no task lives that the task which made it has spawned, itself or through others. */
export function checkNoneAlive(seen: SeenRun, mark: string): void {
  checkName('noTaskAliveAfter', mark);
  const place = seen.events.findIndex((event) => event.k === 'mark' && event.name === mark);
  const expected = `no task to be alive after mark ${debugQuote(mark)}`;
  if (place === -1) {
    const names = seen.events.flatMap((event) => (event.k === 'mark' ? [debugQuote(event.name)] : []));
    seen.notFound(`a mark ${debugQuote(mark)}`, `there are ${listOf([...new Set(names)])}`);
  }
  const before = seen.events.slice(0, place);
  const maker = polledAt(seen, place);
  const spawned = new Map<TaskKey, TaskKey | undefined>();
  for (const event of before) if (event.k === 'spawn') spawned.set(event.task, event.by);
  const isBelow = (task: TaskKey): boolean => {
    if (maker === undefined) return true;
    const passed = new Set<TaskKey>();
    let by = spawned.get(task);
    while (by !== undefined && by !== maker && !passed.has(by)) {
      passed.add(by);
      by = spawned.get(by);
    }
    return by === maker;
  };
  const alive = seen.tasks.filter(
    ({ lane, settled }) =>
      spawned.has(lane.task) &&
      lane.task !== maker &&
      (settled ?? seen.events.length) > place &&
      isBelow(lane.task),
  );
  const shown = { tasks: alive.map(({ lane }) => lane) };
  if (alive.length > 0) seen.fail(expected, `these are: ${listOf(alive.map(({ text }) => text))}`, shown);
  seen.checkComplete(expected);
}

/** The task whose poll an event is within. */
function polledAt({ events }: SeenRun, place: number): TaskKey | undefined {
  const event = events[place];
  if (event === undefined || !('thread' in event)) return undefined;
  for (let at = place - 1; at >= 0; at -= 1) {
    const before = events[at]!;
    if (!('thread' in before) || before.thread !== event.thread) continue;
    if (before.k === 'poll') return before.task;
    if (before.k === 'pend' || before.k === 'park') return undefined;
  }
  return undefined;
}
