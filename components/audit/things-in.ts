import type { NamedKind } from '#lib/audit-rows/named-ids';
import { namedIds } from '#lib/audit-rows/named-ids';
import type { Named, Names } from '#lib/audit-rows/names-in';

/** What an entry names, but for who acted and why. */
type ThingKind = Exclude<NamedKind, 'reason'>;
export type Thing = Named & { kind: ThingKind; id: string };

const KINDS = [
  'request',
  'change',
  'account',
  'node',
  'hospital',
  'department',
  'organisation',
  'dataset',
  'api_key',
  'invitation',
  'person',
] as const satisfies readonly ThingKind[];

/** The things of an entry that have a name for this reader, and how many others it is about. */
export function thingsIn(entry: string, names: Names): { named: Thing[]; withheld: number } {
  const ids = namedIds([entry]);
  const all = KINDS.flatMap((kind) => ids[kind].map((id) => ({ kind, id })));
  const named = all.flatMap(({ kind, id }) => {
    const found = names[id];
    return found ? [{ kind, id, ...found }] : [];
  });
  return { named, withheld: all.length - named.length };
}

/** Why it was done: `text` is null where that is not this reader's to see. Null where no reason is asked for. */
export function reasonOf(entry: string, type: string, names: Names): { text: string | null } | null {
  const { reason, change } = namedIds([entry]);
  const [reasonId] = reason;
  if (reasonId) return { text: names[reasonId]?.name ?? null };
  const [changeId] = change;
  if (!changeId || !type.startsWith('budget.change_')) return null;
  const reasons = names[changeId]?.reasons;
  const text = type === 'budget.change_proposed' ? reasons?.proposed : reasons?.decided;
  return { text: text ?? null };
}
