/** The log or its database could not be read to the end. Not a verdict: the exit code is 3. */
export class UnreadableLogError extends Error {
  override readonly name = 'UnreadableLogError';
  constructor(cause: unknown) {
    const reason = cause instanceof Error ? reasonOf(cause) : String(cause);
    super(`The log could not be read, so nothing is said of it: ${reason}`, { cause });
  }
}

/** fetch says only that it failed; what it met is the cause. */
const reasonOf = (error: Error) =>
  error.cause instanceof Error && error.cause.message
    ? `${error.message}: ${error.cause.message}`
    : error.message;
