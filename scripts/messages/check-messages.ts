import type { FileUse } from './used-keys.ts';

export type Messages = { [key: string]: string | Messages };

/** Every message's full key, "ask.title" for instance. */
export function keysOf(messages: Messages, above = ''): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${above}${key}`] : keysOf(value, `${above}${key}.`),
  );
}

/**
 * What is asked for and not there, and what is there and never asked for. A key that is computed elsewhere counts as
 * asked for when its words stand somewhere in the sources: so a stray word can hide an unused key, never the reverse.
 */
export function checkMessages(messages: Messages, uses: readonly FileUse[]) {
  const keys = keysOf(messages);
  const used = new Set<string>();
  const missing: string[] = [];
  for (const { file, asked } of uses) {
    for (const { namespaces, key, text } of asked) {
      const found = namespaces.flatMap((namespace) =>
        within(keys, namespace).filter((k) => key.test(k.rest)),
      );
      if (found.length === 0) missing.push(`${file}: ${namespaces.join(' or ')}: ${text}`);
      for (const { full } of found) used.add(full);
    }
  }
  const words = new Set(uses.flatMap((use) => use.words));
  for (const namespace of new Set(uses.flatMap((use) => use.computed)))
    for (const { full, rest } of within(keys, namespace))
      if (rest.split('.').every((part) => words.has(part)) || words.has(rest)) used.add(full);
  for (const { computed, patterns } of uses)
    for (const namespace of computed)
      for (const { full, rest } of within(keys, namespace))
        if (patterns.some((pattern) => pattern.test(rest))) used.add(full);
  return { missing, unused: keys.filter((key) => !used.has(key)) };
}

function within(keys: readonly string[], namespace: string): { full: string; rest: string }[] {
  const start = namespace === '' ? '' : `${namespace}.`;
  return keys.flatMap((full) => (full.startsWith(start) ? [{ full, rest: full.slice(start.length) }] : []));
}
