export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * RFC 8785 (JCS): the one byte sequence for a JSON value, so that two parties hash the same thing.
 * ECMAScript's number and string forms are the ones JCS prescribes; only key order has to be added.
 * Members whose value is undefined are left out, as JSON.stringify does. Throws on NaN and infinities.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('canonical JSON has no NaN and no infinities');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object') {
    let members = '';
    // By UTF-16 units, which is what JCS asks for and what sort does. One text, grown: every round is written this way.
    for (const key of Object.keys(value).sort()) {
      const member = (value as Record<string, unknown>)[key];
      if (member === undefined) continue;
      members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
    }
    return `{${members}}`;
  }
  throw new TypeError(`canonical JSON cannot hold a ${typeof value}`);
}
