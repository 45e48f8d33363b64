import { expect, it } from 'vitest';
import { toZone } from './zone.ts';

it.each(['Europe/Paris', 'Asia/Calcutta', 'America/Argentina/Buenos_Aires', 'UTC'])('takes %s', (zone) => {
  expect(toZone(zone)).toBe(zone);
  expect(toZone(encodeURIComponent(zone))).toBe(zone);
});

it.each([undefined, '', 'Mars/Base', '+02:00', '%', '../etc', '<script>'])('takes UTC for %s', (zone) => {
  expect(toZone(zone)).toBe('UTC');
});
