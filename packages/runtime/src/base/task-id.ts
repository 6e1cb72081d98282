/**
 * What tells one task from another in messages and traces: a number that no other task of the process has.
 *
 * Source: `tokio::task::Id`.
 */
export type TaskId = number;
