import { expect, it } from 'vitest';
import { InvalidRequestError } from '../errors.ts';
import { requireReadable } from './require-readable.ts';
import { tableShape } from './table-shape.ts';

const shape = tableShape({ sorts: ['at'], defaultSort: '-at', filters: { type: ['a', 'b'], actor: null } });

it.each([
  { q: '\u0000' },
  { type: 'nope' },
  { type: 'a,nope' },
  { type: ',' },
  { actor: 'x\u0007' },
  { type: ['a', 'b'] },
])('refuses a filter that would count as none: %j', (params) => {
  expect(() => requireReadable(shape, params)).toThrow(InvalidRequestError);
});

it.each([{}, { q: '' }, { q: 'a, b', type: 'a,b', actor: 'anybody' }, { type: '', page: 'x\u0000' }])(
  'takes what can be read: %j',
  (params) => {
    expect(() => requireReadable(shape, params)).not.toThrow();
  },
);
