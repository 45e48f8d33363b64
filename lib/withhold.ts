export const WITHHELD = '[withheld]';
/** Deeper than anything we log on purpose. */
const DEPTH = 6;

/** Members whose content no log may hold, wherever they stand: credentials, and what people ask and are told. */
const PRIVATE =
  /^(authorization|cookie|set-cookie|.*password(hash)?|passphrase|secret|.*token|api[-_]?key|prompt|messages|content|answer|body|link|csrf.*|private[-_]?key|databaseurl|connectionstring)$/i;

/** Credentials inside a text: a bearer token, the password in a URL. */
export function withholdText(text: string): string {
  return text
    .replace(/\b(Bearer|Basic)\s+[^\s"',]+/gi, `$1 ${WITHHELD}`)
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/@]+@/gi, `$1:${WITHHELD}@`);
}

/** A copy without what must stay private. Errors are left to the logger's own serialiser. */
export function withhold<T extends Record<string, unknown>>(fields: T): T {
  return walk(fields, DEPTH) as T;
}

function walk(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return withholdText(value);
  if (typeof value !== 'object' || value === null || value instanceof Error || value instanceof Date)
    return value;
  if (value instanceof Uint8Array) return `[${value.length} bytes]`;
  if (depth === 0) return '[deeper]';
  if (Array.isArray(value)) return value.map((item) => walk(item, depth - 1));
  if ('toJSON' in value && typeof value.toJSON === 'function') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      PRIVATE.test(key) && member !== undefined && member !== null ? WITHHELD : walk(member, depth - 1),
    ]),
  );
}
