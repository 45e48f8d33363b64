/** What an id in an entry is of. People are named in it by pseudonym. */
export const NAMED_KINDS = [
  'person',
  'account',
  'node',
  'hospital',
  'department',
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

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Every id in some entries, by what it is of. Entries that are no JSON name nothing. */
export function namedIds(entries: readonly string[]): Record<NamedKind, string[]> {
  const found = new Map(NAMED_KINDS.map((kind) => [kind, new Set<string>()]));
  const look = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const one of value) look(one, key);
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) look(one, name);
    else if (typeof value === 'string' && UUID.test(value)) {
      const kind = KIND_OF[key];
      if (kind) found.get(kind)?.add(value);
    }
  };
  for (const entry of entries) look(parsed(entry), '');
  return Object.fromEntries([...found].map(([kind, ids]) => [kind, [...ids]])) as Record<NamedKind, string[]>;
}

function parsed(entry: string): unknown {
  try {
    return JSON.parse(entry);
  } catch {
    return null;
  }
}
