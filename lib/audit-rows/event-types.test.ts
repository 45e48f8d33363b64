import { expect, it } from 'vitest';
import { auditEventSchema } from '#lib/audit-log/events';
import messages from '../i18n/messages/en.json' with { type: 'json' };
import { EVENT_TYPES } from './event-types.ts';

const schemaTypes = auditEventSchema.options.map((option) => option.shape.type.value);

it('has every type of the union, once', () => {
  expect([...EVENT_TYPES].toSorted()).toEqual(schemaTypes.toSorted());
});

it('every type has a name and a sentence', () => {
  const at = (tree: unknown, path: string[]): unknown =>
    path.reduce((part, name) => (part as Record<string, unknown> | undefined)?.[name], tree);
  for (const type of EVENT_TYPES)
    for (const part of ['types', 'sentences'])
      expect(at(messages, ['audit', part, ...type.split('.')]), `${part} ${type}`).toBeTypeOf('string');
});
