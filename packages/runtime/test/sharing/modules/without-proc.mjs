import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

// Loaded before anything else in each thread: as on a platform where no thread knows its kernel's number.
const { readlinkSync } = fs;
fs.readlinkSync = (path, ...rest) => {
  if (String(path).startsWith('/proc/')) throw new Error('there is no /proc here');
  return readlinkSync(path, ...rest);
};
syncBuiltinESMExports();
