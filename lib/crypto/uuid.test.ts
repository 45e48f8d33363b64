import { expect, test } from 'vitest';
import { uuidV5, uuidV7 } from './uuid.ts';

test('a name has one id in a namespace (RFC 9562, A.4)', () => {
  expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  );
});

test('an id with the time in front (RFC 9562, A.6) sorts by it and is never the same twice', () => {
  const at = 0x017f22e279b0;
  expect(uuidV7(at)).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(uuidV7(at)).not.toBe(uuidV7(at));
  expect(uuidV7(at) < uuidV7(at + 1)).toBe(true);
});
