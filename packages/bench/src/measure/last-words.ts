/** The line of a dead process's stderr that says why it died: the first error, else the last line. */
export function lastWords(stderr: string): string | undefined {
  const lines = stderr.split('\n').map((line) => line.trim());
  return lines.find((line) => /^(\w*Error)\b.*:/.test(line)) ?? lines.findLast((line) => line !== '');
}
