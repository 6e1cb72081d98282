import { subscribe } from 'node:diagnostics_channel';
import { task } from '@heddle/runtime';
import { mpsc } from '@heddle/runtime/sync';

// Waits for what nobody sends, and prints what is told of that.
const [sender, receiver] = mpsc.channel(1);
subscribe('heddle:hang', (message) => console.log(JSON.stringify(message)));
task.builder({ name: 'waiting' }).spawn(function* () {
  yield* receiver.recv();
});
process.on('exit', () => sender);
