import { z } from 'zod';
import { formatRho } from '#lib/privacy/pico-rho';
import type { RequestState } from './request-states.ts';

/** As the router writes them with the reservation: public, and enough to recompute the charge. */
const pico = z.string().regex(/^\d+$/).transform(BigInt);
const shortAnswer = z.object({
  rhoPicoPerToken: pico,
  maxTokens: z.number(),
  clip: z.object({ num: pico, den: pico }),
});
const consensus = z.object({ test: z.enum(['threshold', 'margin']), testRhoPico: pico });

export type RequestDrawn = { givenBackRho: string } & (
  | { test: 'threshold' | 'margin'; reached: boolean }
  | { tokens: number; maxTokens: number; clip: number }
);

type Row = {
  state: RequestState;
  mechanism: string;
  parameters: unknown;
  rhoPico: bigint;
  chargedRhoPico: bigint;
};

/**
 * How an answer came out that may cost less than was set aside, as its charge tells; null for every other request, and
 * for one that failed, where what was drawn is not known.
 */
export function drawnOf({ state, mechanism, parameters, rhoPico, chargedRhoPico }: Row): RequestDrawn | null {
  if (state !== 'answered') return null;
  const givenBackRho = formatRho(rhoPico - chargedRhoPico);
  if (mechanism === 'consensus') {
    const { data } = consensus.safeParse(parameters);
    return data ? { test: data.test, reached: chargedRhoPico > data.testRhoPico, givenBackRho } : null;
  }
  if (mechanism !== 'short-answer') return null;
  const { data } = shortAnswer.safeParse(parameters);
  if (!data || data.rhoPicoPerToken === 0n || data.clip.den === 0n) return null;
  return {
    tokens: Number(chargedRhoPico / data.rhoPicoPerToken),
    maxTokens: data.maxTokens,
    clip: Number(data.clip.num) / Number(data.clip.den),
    givenBackRho,
  };
}
