import { notFound, redirect } from 'next/navigation';
import { ForbiddenError, NotFoundError } from '#lib/errors';

/** For lists: a role for which there is nothing here is told so. */
export async function orNoAccess<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (error instanceof ForbiddenError) redirect('/no-access');
    throw error;
  });
}

/** For details: what does not exist, is somebody else's or is of a kind the role never reads all look alike. */
export async function orNotFound<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (error instanceof NotFoundError || error instanceof ForbiddenError) notFound();
    throw error;
  });
}
