import { expect, it } from 'vitest';
import messages from '../i18n/messages/en.json' with { type: 'json' };
import { ALERT_CODES } from './codes.ts';

it('every alert has a title and what to do about it', () => {
  const { other, ...words } = messages.alerts.codes;
  expect(Object.keys(words).toSorted()).toEqual([...ALERT_CODES].toSorted());
  for (const { title, text } of [other, ...Object.values(words)])
    expect([title, text].every(Boolean)).toBe(true);
});
