/** What an id in an entry is of. People are named in it by pseudonym. */
export const NAMED_KINDS = [
  'person',
  'account',
  'node',
  'hospital',
  'department',
  'organisation',
  'dataset',
  'api_key',
  'invitation',
  'reason',
  'request',
  'change',
] as const;
export type NamedKind = (typeof NAMED_KINDS)[number];

/** The members of entries that hold ids, and of what. */
const KIND_OF: Record<string, NamedKind> = {
  by: 'person',
  principal: 'person',
  member: 'person',
  accountId: 'account',
  frozen: 'account',
  nodeId: 'node',
  hospitalId: 'hospital',
  departmentId: 'department',
  apiKeyId: 'api_key',
  invitationId: 'invitation',
  replaces: 'invitation',
  reasonId: 'reason',
  requestId: 'request',
  changeId: 'change',
};

/** A holder of budgets is of one kind or another; the entry says which beside it. */
const KIND_OF_HOLDER: ReadonlyMap<unknown, NamedKind> = new Map([
  ['user', 'person'],
  ['department', 'department'],
  ['organisation', 'organisation'],
  ['dataset', 'dataset'],
]);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Every id in some entries, by what it is of. Entries that are no JSON name nothing. */
export function namedIds(entries: readonly string[]): Record<NamedKind, string[]> {
  const found = new Map(NAMED_KINDS.map((kind) => [kind, new Set<string>()]));
  const look = (value: unknown, kind: NamedKind | undefined): void => {
    if (Array.isArray(value)) for (const one of value) look(one, kind);
    else if (typeof value === 'object' && value !== null) lookInto(value as Record<string, unknown>);
    else if (typeof value === 'string' && UUID.test(value) && kind) found.get(kind)?.add(value);
  };
  const lookInto = (members: Record<string, unknown>): void => {
    const ofHolder = KIND_OF_HOLDER.get(members.holderKind);
    for (const [name, one] of Object.entries(members))
      look(one, name === 'ownerId' ? ofHolder : KIND_OF[name]);
  };
  for (const entry of entries) look(parsed(entry), undefined);
  return Object.fromEntries([...found].map(([kind, ids]) => [kind, [...ids]])) as Record<NamedKind, string[]>;
}

function parsed(entry: string): unknown {
  try {
    return JSON.parse(entry);
  } catch {
    return null;
  }
}
