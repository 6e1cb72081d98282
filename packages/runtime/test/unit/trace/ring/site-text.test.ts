import { expect, it, vi } from 'vitest';
import { siteText } from '../../../../src/trace/ring/site-text.js';

it('is the name of the file where the working directory is gone', () => {
  const cwd = vi.spyOn(process, 'cwd').mockImplementation(() => {
    throw new Error('ENOENT: no such file or directory, uv_cwd');
  });
  try {
    expect(siteText('/somewhere/program.mjs:3:5')).toBe('program.mjs:3:5');
  } finally {
    cwd.mockRestore();
  }
});
