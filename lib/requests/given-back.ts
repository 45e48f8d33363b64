import { formatRho, parseRho } from '#lib/privacy/pico-rho';
import type { PrivacyStatement } from './router-replies.ts';

/**
 * What of the reservation was not used, as the statement tells; null where it does not. Every token costs the same. A
 * consensus that was not reached says its test's price alone, so the rest is told by what was quoted.
 */
export function givenBackRho(
  { rho, drawn }: Pick<PrivacyStatement, 'rho' | 'drawn'>,
  quotedRho: string | null,
): string | null {
  if (!drawn) return null;
  const charged = parseRho(rho);
  if ('tokens' in drawn && drawn.tokens > 0) {
    return formatRho((charged / BigInt(drawn.tokens)) * BigInt(drawn.maxTokens - drawn.tokens));
  }
  if ('reached' in drawn && drawn.reached) return '0';
  const left = quotedRho === null ? -1n : parseRho(quotedRho) - charged;
  return left < 0n ? null : formatRho(left);
}
