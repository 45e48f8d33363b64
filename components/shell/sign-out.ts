import { signOut as dropCookie } from 'next-auth/react';
import { z } from 'zod';
import { ApiProblem, consoleApi } from '../console-api.ts';

/**
 * Ends the session for good, then drops its cookie. Returns false when the session could not be ended: the person is
 * still signed in, and must be told.
 */
export async function signOut(): Promise<boolean> {
  try {
    await consoleApi('/api/console/sign-out', z.object({ ended: z.literal(true) }), { body: {} });
  } catch (error) {
    // Nobody is signed in by this cookie any more.
    const over = error instanceof ApiProblem && error.problem.status === 401;
    if (!over) return false;
  }
  // Should this fail, a dead cookie stays behind: it opens nothing.
  await dropCookie({ redirect: false }).catch(() => undefined);
  return true;
}
