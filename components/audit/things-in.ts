import type { NamedKind } from '#lib/audit-rows/named-ids';
import { namedIds } from '#lib/audit-rows/named-ids';
import type { Named, Names } from '#lib/audit-rows/names-in';

/** What an entry names, but for who acted and why. */
type ThingKind = Exclude<NamedKind, 'reason'>;
export type Thing = Named & { kind: ThingKind; id: string };

const KINDS = [
  'request',
  'account',
  'node',
  'hospital',
  'department',
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

/** The id of the reason that was given; null where none was asked for. */
export function reasonOf(entry: string): string | null {
  return namedIds([entry]).reason[0] ?? null;
}
