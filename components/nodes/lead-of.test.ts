import { expect, test } from 'vitest';
import { leadOf, uncertifiedOf, unheardOf } from './lead-of.ts';

const at = new Date('2026-11-23T12:00:00Z');

test('a node that people took out of cohorts says so first, connected or not', () => {
  for (const link of ['connected', 'away'] as const) {
    expect(leadOf({ state: 'draining', link, lastHeardAt: at })).toBe('draining');
    expect(leadOf({ state: 'suspended', link, lastHeardAt: at })).toBe('suspended');
  }
  expect(leadOf({ state: 'admitted', link: 'away', lastHeardAt: at })).toBe('away');
  expect(leadOf({ state: 'admitted', link: 'away', lastHeardAt: null })).toBe('never');
});

test('one that was connected before is not called one that never was', () => {
  expect(unheardOf({ link: 'never', lastConnectedAt: null })).toBe('notSeen');
  expect(unheardOf({ link: 'away', lastConnectedAt: at })).toBe('notConnected');
  expect(uncertifiedOf({ state: 'pending', lastConnectedAt: null })).toBe('noCertificate');
  expect(uncertifiedOf({ state: 'revoked', lastConnectedAt: at })).toBe('noCertificateNow');
  expect(unheardOf({ link: 'connected', lastConnectedAt: at })).toBe('unmeasured.compute');
});
