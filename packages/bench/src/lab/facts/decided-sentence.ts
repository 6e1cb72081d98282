import type { Picture } from '@heddle/runtime/trace';
import { decisionsOf } from './decisions.js';
import { timesText } from './preemptions.js';

/** Who decided how often: our executors whom to poll, the kernel who has a CPU. */
export function decidedSentence(picture: Picture): string {
  const { polls, switches, preemptions, migrations } = decisionsOf(picture);
  const decided = polls === 0 ? 'heddle polled no task' : `heddle decided ${timesText(polls)} whom to poll`;
  const ours = `${picture.label}: ${decided}`;
  if (switches === undefined) {
    const counted = preemptions === undefined ? 'was not seen' : `took a CPU away ${timesText(preemptions)}`;
    return `${ours}; the kernel ${counted}.`;
  }
  const took = preemptions === 0 ? 'took none away' : `took one away ${timesText(preemptions ?? 0)}`;
  const moved = migrations === 0 ? 'moved no thread' : `moved a thread ${timesText(migrations ?? 0)}`;
  return `${ours}; the kernel gave a CPU ${timesText(switches)}, ${took} and ${moved}.`;
}
