import { expect, it } from 'vitest';
import { bypasses } from './proxy.ts';

const router = new URL('https://router.example.org:3003');

it.each([
  '*',
  'example.org',
  '.example.org',
  '*.example.org',
  'a, router.example.org',
  'router.example.org:3003',
])('goes past the proxy for %s', (rule) => expect(bypasses(router, rule)).toBe(true));

it.each(['', 'ample.org', 'router.example.org:443', 'other.org', '127.0.0.1'])(
  'goes through it for %j',
  (rule) => expect(bypasses(router, rule)).toBe(false),
);
