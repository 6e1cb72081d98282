// Begins to record itself, and comes to its end without having stopped that.
import { recordKernel } from '@heddle/runtime/trace';

console.log((await recordKernel()).level);
