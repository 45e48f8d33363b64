import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { AuditEvent } from './events.ts';
import { auditEventSchema } from './events.ts';
import { rowOf } from './row-of.ts';

const base = { v: 1 as const, atMs: 1 };

test('an account that a leaf names twice is listed once', () => {
  const accountId = randomUUID();
  const moved = { accountId, rhoPico: '1' };
  const event: AuditEvent = {
    ...base,
    type: 'ledger.release',
    requestId: randomUUID(),
    code: 'c',
    accounts: [moved, moved],
  };
  expect(rowOf(event).accounts).toEqual([accountId]);
});

test('whoever did it is whose it is', () => {
  const by = randomUUID();
  expect(rowOf({ ...base, type: 'session.closed', by })).toEqual({
    actor: by,
    subject: by,
    accounts: [],
    concerns: [{ kind: 'person', id: by }],
  });
});

test('every type of the log has facts of its own: a subject, or somebody who did it', () => {
  const types = auditEventSchema.options.map((option) => option.shape.type.value);
  // Any id stands for any other here: only which members are read is looked at.
  const anything = new Proxy(
    {},
    { get: (_, key) => (key === 'accounts' || key === 'frozen' ? [] : String(key)) },
  );
  const empty = types.filter((type) => {
    const row = rowOf(
      new Proxy(anything, {
        get: (_, key) => (key === 'type' ? type : Reflect.get(anything, key)),
      }) as AuditEvent,
    );
    return row.actor === null && row.subject === null && row.concerns.length === 0;
  });
  expect(empty).toEqual([]);
});

test('a type that is not known has a row without facts', () => {
  expect(rowOf({ ...base, type: 'of.tomorrow' } as never)).toEqual({
    actor: null,
    subject: null,
    accounts: [],
    concerns: [],
  });
});
