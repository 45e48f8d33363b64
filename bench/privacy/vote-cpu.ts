import type { BenchRouter } from './bench-router.ts';

/** As many labels as need every shard of the demo at epsilon 0.1. */
const LABELS = Array.from({ length: 24 }, (_, i) => `Condition ${i}`);
const PER_BATCH = 20;

/**
 * Processor time of this process for one private vote, in milliseconds a batch: from the request's bytes to the reply's,
 * with authentication, admission, reservation, round, draw, settlement and audit leaves. Without the hospitals' part,
 * without Postgres, which is a process of its own, and without sockets: the gateway is handed its requests.
 * @param atOnce how many are under way together: a divisor of 20.
 */
export async function voteCpuMs(router: BenchRouter, batches: number, atOnce: number): Promise<number[]> {
  const times: number[] = [];
  for (let batch = 0; batch <= batches; batch += 1) {
    router.work.again = [];
    const wholeUs = await cpuUs(async () => {
      for (let turn = 0; turn < PER_BATCH; turn += atOnce) {
        await Promise.all(Array.from({ length: atOnce }, () => vote(router)));
      }
    });
    const nodesUs = await cpuUs(async () => {
      for (const again of router.work.again) again();
    });
    // The first batch warms up.
    if (batch > 0) times.push((wholeUs - nodesUs) / 1000 / PER_BATCH);
  }
  return times;
}

async function cpuUs(run: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

async function vote({ gateway, apiKey, model, shards }: BenchRouter): Promise<void> {
  const schema = { type: 'string', enum: LABELS };
  const response = await gateway.inject({
    method: 'POST',
    url: '/v1/chat/completions',
    headers: { authorization: `Bearer ${apiKey}` },
    payload: {
      model,
      messages: [{ role: 'user', content: 'Crushing chest pain for one hour, sweating, nausea.' }],
      response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
      privacy: { epsilon: 0.1 },
    },
  });
  const body = response.json<{ privacy?: { shards: number }; error?: { message: string } }>();
  if (body.privacy?.shards !== shards) {
    throw new Error(`A vote of ${shards} shards was expected: ${body.error?.message ?? response.body}`);
  }
}
