import { contenders } from '../contenders/list.js';
import { workloads } from '../workloads/list.js';
import { openSession } from './cell-session.js';

/**
 * The process of one cell. Its arguments name the workload, the contender and how much; it sends one message
 * when it is ready, and a sample for every message that it gets. It ends when its parent lets go of it.
 */
const [workloadName, contenderName = '', quick] = process.argv.slice(2);
// Ctrl-C reaches the whole group of processes. The parent prints what it has, and then ends this one.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());

const workload = workloads.find(({ name }) => name === workloadName);
const load = contenders[contenderName];
if (workload === undefined || load === undefined) {
  throw new Error(`no such cell: ${workloadName}, ${contenderName}`);
}
const { contender } = await load();
const session = await openSession(workload, contender, quick === 'quick');
if (session.kind === 'ready') {
  process.on('message', async () => process.send?.(await session.take()));
  process.send?.({ kind: 'ready', size: session.size, operations: session.operations });
} else {
  process.send?.(session);
}
