import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKeySchema } from './api-keys/schemas.ts';
import { emailSchema, inviteSchema } from './invitations/invite-schema.ts';
import { plainLines, plainText } from './plain-text.ts';
import { reasonSchema } from './reason.ts';

const HIDING = ['a\u0000b', 'a\u001bb', 'a\u007fb', 'a\u0085b', 'a\u202eb', 'a\u2066b', 'a\u2069b'];
const UNSEEN = ['', ' ', '\u200b', '\u2060\u200d', '\u3164', '\u115f', '\u2800', '\u00ad', '\u0301'];

describe('text that others read', () => {
  it.each(['Ana Ruiz', "D'Arcy-Ōe", '李雷', 'مريم', '🩺', 'क्षमा', '  x  '])('takes %s', (text) => {
    expect(plainText({ max: 20 }).parse(text)).toBe(text.trim());
    expect(plainLines({ max: 20 }).parse(text)).toBe(text.trim());
  });

  it.each([...HIDING, ...UNSEEN])('refuses %j', (text) => {
    expect(plainText({ max: 20 }).safeParse(text).success).toBe(false);
    expect(plainLines({ max: 20 }).safeParse(text).success).toBe(false);
  });

  it('has several lines only where that is meant, and never more than it may', () => {
    expect(plainText({ max: 20 }).safeParse('one\ntwo').success).toBe(false);
    expect(plainLines({ max: 20 }).parse('one\r\n\ttwo')).toBe('one\r\n\ttwo');
    expect(plainText({ max: 3, fault: 'Too long.' }).safeParse('four').error?.issues[0]?.message).toBe(
      'Too long.',
    );
  });
});

it.each(HIDING)('no body takes %j', (text) => {
  const person = { email: 'a@example.org', role: 'dpo', departmentId: randomUUID(), hospitalId: null };
  expect(inviteSchema.safeParse({ ...person, name: 'Ana Ruiz' }).success).toBe(true);
  expect(inviteSchema.safeParse({ ...person, name: text }).success).toBe(false);
  expect(createKeySchema.safeParse({ name: text, days: 30 }).success).toBe(false);
  expect(reasonSchema.safeParse(`${text} and ten more characters`).success).toBe(false);
  expect(emailSchema.safeParse(`${text}@example.org`).success).toBe(false);
});
