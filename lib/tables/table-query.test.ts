import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exportSearch, isNarrowed, type Params, parseTableQuery, toParams } from './table-query.ts';
import { tableShape } from './table-shape.ts';

const shape = tableShape({
  sorts: ['createdAt', 'charged'],
  defaultSort: '-createdAt',
  filters: { state: ['answered', 'failed'], who: null },
});

it('reads what the address says', () => {
  const query = parseTableQuery(shape, {
    sort: 'charged',
    q: '  one ',
    state: 'failed,answered,failed',
    who: 'a%2Cb,c',
    after: 'xyz',
    size: '50',
    hidden: 'route',
    peek: '7',
  });
  expect(query).toEqual({
    sort: { key: 'charged', descending: false },
    search: 'one',
    filters: { state: ['failed', 'answered'], who: ['a,b', 'c'] },
    after: 'xyz',
    size: 50,
    hidden: ['route'],
    peek: '7',
  });
  expect(isNarrowed(query)).toBe(true);
});

it.each<[string, Params]>([
  ['nothing', {}],
  ['what is not known', { sort: '-password', state: 'x', size: '1000000', q: ' ' }],
])('falls back to the default for %s', (_, params) => {
  const query = parseTableQuery(shape, params);
  expect(query).toEqual({
    sort: { key: 'createdAt', descending: true },
    search: '',
    filters: { state: [], who: [] },
    after: null,
    size: 25,
    hidden: null,
    peek: null,
  });
  expect(isNarrowed(query)).toBe(false);
  expect(Object.values(toParams(shape, query)).every((value) => value === null)).toBe(true);
});

it('writes what it reads', () => {
  const text = fc.string({ minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(
      fc.constantFrom('createdAt' as const, 'charged' as const),
      fc.boolean(),
      fc.uniqueArray(text, { maxLength: 4 }),
      fc.option(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 3 })),
      (key, descending, who, hidden) => {
        const query = {
          ...parseTableQuery(shape, {}),
          sort: { key, descending },
          filters: { state: [], who },
          hidden,
        };
        expect(parseTableQuery(shape, toParams(shape, query))).toEqual(query);
      },
    ),
  );
});

it('keeps two tables of one page apart', () => {
  const second = tableShape({ prefix: 'entries', sorts: ['at'], defaultSort: '-at' });
  const params = { 'entries-after': 'x', after: 'y' };
  expect(parseTableQuery(second, params).after).toBe('x');
  expect(toParams(second, parseTableQuery(second, params))['entries-after']).toBe('x');
});

it('exports all pages of what is filtered', () => {
  const query = parseTableQuery(shape, {
    state: 'failed',
    sort: '-charged',
    after: 'x',
    peek: '1',
    size: '50',
  });
  expect(exportSearch(shape, query)).toBe('sort=-charged&state=failed');
});

it('has no filter under a name that the address needs', () => {
  expect(() => tableShape({ sorts: ['a'], defaultSort: 'a', filters: { from: null } })).toThrow(/from/);
});

it('takes out control characters, which no column holds and Postgres refuses', () => {
  const query = parseTableQuery(shape, {
    q: '\u0000one\u001f two',
    who: 'a\u0000,\n',
    peek: '7\u0000',
    after: '\u0000',
  });
  expect(query).toMatchObject({ search: 'one two', filters: { who: ['a'] }, peek: '7', after: null });
});
