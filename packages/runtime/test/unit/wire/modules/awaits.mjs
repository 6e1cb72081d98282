await Promise.resolve();
export const waited = true;
export function late() {
  return waited;
}
