import pg from 'pg';
import { UnknownCommitError } from '#lib/db/transaction';
import { DomainError } from '#lib/errors';

/** COMMIT was sent and nobody knows what became of it: nothing of that batch may be made again. */
export function mayHaveCommitted(error: unknown): boolean {
  return error instanceof UnknownCommitError;
}

/** Connection lost; out of memory, disk or connections; shut down by an operator; a fault of the system. */
const CLASSES_OF_THE_SERVER = ['08', '53', '57', '58'];

/** The fault lies with the way to the database or the server, not with what was asked of it. */
export function isOfTheConnection(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return CLASSES_OF_THE_SERVER.includes(error.code?.slice(0, 2) ?? '');
  // What Node and the driver say of a socket has a system's code, or is a plain Error about the connection.
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  return (
    !(error instanceof DomainError) &&
    (syscall !== undefined || code === 'ECONNRESET' || /connection|Client/i.test(message ?? ''))
  );
}
