/** Thrown by a job that no further try can help: it goes to the dead letters at once. The message is safe to show. */
export class PermanentJobError extends Error {
  override readonly name = 'PermanentJobError';
}
