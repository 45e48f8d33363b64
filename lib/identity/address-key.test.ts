import { expect, it } from 'vitest';
import { addressKey, callerAddress } from './address-key.ts';

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['unknown', null],
  ['', null],
])('%s is counted as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});

it('believes forwarded addresses only as far as our own proxies go', () => {
  const forged = '1.1.1.1, 2.2.2.2, 3.3.3.3';
  expect(callerAddress('9.9.9.9', forged, 0)).toBe('9.9.9.9');
  expect(callerAddress('9.9.9.9', forged, 1)).toBe('3.3.3.3');
  expect(callerAddress('9.9.9.9', forged, 2)).toBe('2.2.2.2');
  expect(callerAddress('9.9.9.9', null, 1)).toBe('9.9.9.9');
  expect(callerAddress(null, forged, 0)).toBeNull();
});
