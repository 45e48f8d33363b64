import { isIPv6 } from 'node:net';

/**
 * What one subscriber's attempts are counted under: an IPv4 address, or the /64 of an IPv6 one, which a single machine
 * has all of. Null for what is no address.
 */
export function addressKey(address: string): string | null {
  const plain = address.trim().replace(/^::ffff:(?=\d+\.)/i, '');
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(plain)) return plain;
  if (!isIPv6(plain)) return null;
  const [head = '', tail] = (plain.split('%')[0] ?? '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/**
 * The caller's address. `peer` is who is at the other end of the connection; behind `proxies` proxies of our own it is
 * the one that the outermost of them saw, counted from the right, for what stands further left anybody can write.
 */
export function callerAddress(
  peer: string | null,
  forwardedFor: string | null,
  proxies: number,
): string | null {
  if (proxies === 0) return peer && addressKey(peer);
  const seen = (forwardedFor ?? '').split(',').map((one) => one.trim());
  const outermost = seen.at(-proxies);
  return outermost ? addressKey(outermost) : peer && addressKey(peer);
}
