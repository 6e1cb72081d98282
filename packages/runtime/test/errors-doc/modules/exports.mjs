export const limit = 1;
export async function* rows() {}
