import type { Deficit } from './deficits.ts';

/**
 * Charges fill an account up to its cap and not beyond: the table would refuse them, and all others with them.
 * @param room what each account has left; what is charged is taken off it.
 */
export function withinCaps(deficits: readonly Deficit[], room: Map<string, bigint>) {
  const bearable: Deficit[] = [];
  const overCap: Deficit[] = [];
  for (const deficit of deficits) {
    const left = room.get(deficit.accountId)!;
    const rhoPico = deficit.rhoPico < left ? deficit.rhoPico : left;
    room.set(deficit.accountId, left - rhoPico);
    if (rhoPico > 0n) bearable.push({ ...deficit, rhoPico });
    if (rhoPico < deficit.rhoPico) overCap.push({ ...deficit, rhoPico: deficit.rhoPico - rhoPico });
  }
  return { bearable, overCap };
}
