// Records the process whose number it is given, says at which level, and lives on.
import { recordKernel } from '@heddle/runtime/trace';

const { level } = await recordKernel({ pid: Number(process.argv[2]) });
console.log(level);
setInterval(() => undefined, 1000);
