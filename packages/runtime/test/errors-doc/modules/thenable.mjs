export function run() {}
export function then() {}
