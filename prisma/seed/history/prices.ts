import { chargeForEpsilon, type VoteCharge } from '#lib/privacy/mechanisms/vote-charge';
import { type VoteUsefulness, voteUsefulness } from '#lib/privacy/usefulness/vote-usefulness';

/** What votes cost and are worth at one delta. Questions repeat themselves and each price is a search: kept once found. */
export type Prices = {
  charge(epsilon: number): VoteCharge;
  worth(labelCount: number, shards: number, epsilon: number): VoteUsefulness;
};

export function pricesAt(delta: number): Prices {
  const charges = new Map<number, VoteCharge>();
  const worths = new Map<string, VoteUsefulness>();
  const once = <K, V>(known: Map<K, V>, key: K, find: () => V): V => {
    const found = known.get(key) ?? find();
    known.set(key, found);
    return found;
  };
  return {
    charge: (epsilon) => once(charges, epsilon, () => chargeForEpsilon(epsilon, delta)),
    worth: (labelCount, shards, epsilon) =>
      once(worths, `${labelCount}/${shards}/${epsilon}`, () =>
        voteUsefulness({ labelCount, shards, epsilon, delta }),
      ),
  };
}
