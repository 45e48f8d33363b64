import { rhoFromEpsilon } from './zcdp.ts';

/** Requests and suggestions come at few epsilons, all of three decimals or so; beyond this the oldest is forgotten. */
const MAX_REMEMBERED = 4096;
const remembered = new Map<string, bigint>();

/**
 * rhoFromEpsilon, found once for each epsilon and delta: it is a search over bigints, and admission asks for the same
 * few again and again. Both are public parameters of requests.
 * @throws RangeError as rhoFromEpsilon does.
 */
export function rememberedRho(epsilon: number, delta: number): bigint {
  const key = `${epsilon} ${delta}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const found = rhoFromEpsilon(epsilon, delta);
  if (remembered.size >= MAX_REMEMBERED) remembered.delete(remembered.keys().next().value!);
  remembered.set(key, found);
  return found;
}
