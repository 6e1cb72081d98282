/** What else must end when the program does: threads, say. Whoever keeps such things adds how to end them. */
const enders = new Set<() => Promise<void>>();

export function onMainEnd(end: () => Promise<void>): void {
  enders.add(end);
}

export async function endOthers(): Promise<void> {
  await Promise.all([...enders].map((end) => end()));
}
