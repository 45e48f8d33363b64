import { expect, it } from 'vitest';
import { toZone } from './zone.ts';

it.each(['Europe/Paris', 'Asia/Calcutta', 'America/Argentina/Buenos_Aires', 'UTC'])('takes %s', (zone) => {
  expect(toZone(zone)).toBe(zone);
  expect(toZone(encodeURIComponent(zone))).toBe(zone);
});

it.each([undefined, '', 'Mars/Base', '+02:00', '%', '../etc', '<script>', 'SystemV/PST8', 'GMT', 'utc'])(
  'takes UTC for %s',
  (zone) => {
    expect(toZone(zone)).toBe('UTC');
  },
);

it.each(['BST', 'IST', 'PST', 'AST', 'ACT', 'CTT', 'NET', 'VST', 'Cuba', 'EST'])(
  'takes the place for %s, which Postgres knows as no zone or as another',
  (zone) => {
    expect(toZone(zone)).toMatch(/^[A-Z][a-z]+\/[A-Za-z_]+$/);
  },
);
