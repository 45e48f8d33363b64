import { expect, test } from 'vitest';
import { deniesUse } from './denies-use.ts';
import { concept, type Json } from './testing-export.ts';

/** A permission with `levels` more permissions nested in it, then `innermost`. */
const nested = (levels: number, innermost: Json): Json =>
  levels === 0 ? innermost : { type: 'permit', provision: [nested(levels - 1, innermost)] };
const active = (more: Json): Json => ({ status: 'active', ...more });

test.each<[string, Json, boolean]>([
  ['a root denial', active({ provision: { type: 'deny' } }), true],
  ['a denial three levels down', active({ provision: nested(3, { type: 'deny' }) }), true],
  ['a denial fifteen levels down', active({ provision: nested(15, { type: 'deny' }) }), true],
  ['nesting deeper than is read', active({ provision: nested(40, { type: 'permit' }) }), true],
  ['a denial among siblings', active({ provision: [{ type: 'permit' }, nested(2, { type: 'deny' })] }), true],
  ['permissions only', active({ provision: nested(10, { type: 'permit' }) }), false],
  ['decision deny', active({ decision: 'deny' }), true],
  ['an opt-out', active({ policyRule: concept('OPTOUT', 'opt out') }), true],
  [
    'an opt-out as second coding',
    active({ policyRule: { coding: [{ code: 'x' }, { code: 'OPTOUT' }] } }),
    true,
  ],
  ['an opt-in', active({ policyRule: concept('OPTIN', 'opt in') }), false],
  ['nothing', active({}), false],
  ['a denial no longer active', { status: 'inactive', provision: { type: 'deny' } }, false],
])('%s', (_, consent, expected) => {
  expect(deniesUse(consent)).toBe(expected);
});
