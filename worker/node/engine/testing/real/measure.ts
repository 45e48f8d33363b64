import type { Engine } from '../../engine.ts';

const SECONDS = 5;
const LABELS = Array.from({ length: 12 }, (_, at) => `Diagnosis number ${at + 1}`);
const RECORDS = ['Asthma: wheezing at night, worse in spring', 'Migraine: throbbing headache with nausea'];
const QUESTION = 'A 30-year-old coughs at night and wheezes after running.';

export type Speed = { votesPerS: number; tokensPerS: number };

/** Votes and written tokens per second, `atOnce` at a time, for some seconds each. */
export async function measure(engine: Engine, atOnce: number): Promise<Speed> {
  const records = engine.capabilities.labelVotes === 'records-in-prompt' ? { records: RECORDS } : {};
  const votes = await perSecond(atOnce, async (at) => {
    await engine.scoreLabels({ prompt: `${QUESTION} (${at})`, ...records }, LABELS, {
      salt: `measure ${at}`,
    });
    return 1;
  });
  const tokens = await perSecond(atOnce, async (at) => {
    const { completionTokens } = await engine.generate(`${QUESTION} (${at})`, 64, { salt: `measure ${at}` });
    return completionTokens;
  });
  return { votesPerS: votes, tokensPerS: tokens };
}

async function perSecond(atOnce: number, work: (at: number) => Promise<number>): Promise<number> {
  await work(-1);
  const from = performance.now();
  let at = 0;
  let done = 0;
  const one = async () => {
    while (performance.now() - from < SECONDS * 1_000) {
      at += 1;
      done += await work(at);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return (done * 1_000) / (performance.now() - from);
}
