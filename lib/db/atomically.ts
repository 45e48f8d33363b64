import { ConflictError } from '#lib/errors';
import type { Database, PrismaTransaction } from './prisma.ts';

const WRITE_CONFLICT = 'P2034';
const UNIQUE_VIOLATION = 'P2002';
/** What the driver says of a collision that only COMMIT finds: Prisma passes it on as it is. */
const COMMIT_CONFLICT = 'TransactionWriteConflict';
const MAX_ATTEMPTS = 3;
/** As Prisma has it. */
const USUAL_TIMEOUT_MS = 5_000;

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function isCollision(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { kind?: unknown } | undefined) : undefined;
  return hasCode(error, WRITE_CONFLICT) || cause?.kind === COMMIT_CONFLICT;
}

/** Whether somebody else wrote a row first that may be there only once. */
export function isUniqueViolation(error: unknown): boolean {
  return hasCode(error, UNIQUE_VIOLATION);
}

/**
 * Runs `work` as if nobody else were writing (SERIALIZABLE): for decisions that rest on rows which they do not write,
 * such as "another administrator is left". Tried again after a collision; then ConflictError. `timeoutMs`: for work that
 * is known to be long.
 */
export async function atomically<T>(
  db: Database,
  work: (tx: PrismaTransaction) => Promise<T>,
  { timeoutMs = USUAL_TIMEOUT_MS } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.$transaction(work, { isolationLevel: 'Serializable', timeout: timeoutMs });
    } catch (error) {
      if (!isCollision(error)) throw error;
      if (attempt >= MAX_ATTEMPTS) {
        throw new ConflictError('Others are changing this at the same moment. Try again.', {
          code: 'conflict',
          cause: error,
        });
      }
    }
  }
}
