export function then() {}
export function work() {}
