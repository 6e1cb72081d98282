export function run() {}

throw new RangeError('not today');
