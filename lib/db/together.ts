import type { PoolClient } from './pool.ts';

/**
 * Statements that do not need each other's answers travel as one packet and are answered as one: most of what a
 * statement costs this process is waking up for it. They run in the order in which `send` sends them; `send` must do
 * so at once, not after waiting. Throws what the first that failed threw, once none is on its way any more.
 */
export async function together<T extends readonly unknown[]>(
  client: PoolClient,
  send: () => { [K in keyof T]: T[K] | Promise<T[K]> },
): Promise<T> {
  holdUntilNextTick(client);
  const settled = await Promise.allSettled(send());
  const failed = settled.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.map((outcome) => (outcome as PromiseFulfilledResult<unknown>).value) as unknown as T;
}

/** What is sent on this connection before the next tick leaves in one packet. */
function holdUntilNextTick(client: PoolClient): void {
  const { stream } = client.connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
