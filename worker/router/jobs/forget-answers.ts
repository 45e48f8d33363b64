import { forgetOldAnswers } from '#lib/ledger/replay';
import type { JobContext } from './context.ts';

export async function forgetAnswers({ pool, log }: JobContext): Promise<void> {
  const forgotten = await forgetOldAnswers(pool);
  if (forgotten > 0) log.info({ forgotten }, 'old answers forgotten');
}
