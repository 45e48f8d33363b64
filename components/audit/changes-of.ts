import type { AuditEvent } from '#lib/audit-log/events';

export type Change = { field: ChangedField; before: string | null; after: string | null };
export type ChangedField =
  | 'role'
  | 'departmentId'
  | 'hospitalId'
  | 'active'
  | 'capRhoPico'
  | 'spentRhoPico'
  | 'delta'
  | 'state'
  | 'answers';

const STANDING = ['role', 'departmentId', 'hospitalId', 'active'] as const;
const ACCOUNT = ['capRhoPico', 'spentRhoPico', 'delta', 'state'] as const;

/** What an entry says was so before and is so after it; what stayed is left out; empty for kinds that change nothing step by step. */
export function changesOf(event: AuditEvent): Change[] {
  switch (event.type) {
    case 'member.changed':
      return compared(STANDING, event.from, event.to);
    case 'budget.change_approved':
      return compared(ACCOUNT, event.before, event.after);
    case 'budget.change_proposed':
      return event.toRhoPico === null
        ? []
        : [{ field: 'capRhoPico', before: event.fromRhoPico, after: event.toRhoPico }];
    case 'purpose.changed':
      return [{ field: 'answers', before: String(!event.answers), after: String(event.answers) }];
    case 'node.transition':
      return [{ field: 'state', before: event.from, after: event.to }];
    default:
      return [];
  }
}

type Value = string | boolean | null;

function compared<Field extends ChangedField>(
  fields: readonly Field[],
  before: Record<Field, Value> | null,
  after: Record<Field, Value>,
): Change[] {
  const text = (value: Value) => (value === null ? null : String(value));
  return fields
    .map((field) => ({ field, before: before ? text(before[field]) : null, after: text(after[field]) }))
    .filter(({ before: was, after: is }) => was !== is);
}
