import { expect, it } from 'vitest';
import { ROLES } from '../actor.ts';
import { grantsOf, matrixRows } from './matrix-rows.ts';
import { MATRIX } from './permissions.ts';

it('tells all of the matrix and nothing more', () => {
  const told = matrixRows().flatMap(({ action, kind, scopes }) =>
    ROLES.flatMap((role) => (scopes[role] ? [`${role} ${action} ${kind} ${scopes[role]}`] : [])),
  );
  const granted = ROLES.flatMap((role) =>
    Object.entries(MATRIX[role]).flatMap(([action, kinds]) =>
      Object.entries(kinds).map(([kind, scope]) => `${role} ${action} ${kind} ${scope}`),
    ),
  );
  expect(told.toSorted()).toEqual(granted.toSorted());
});

it("tells one role's part of it", () => {
  expect(grantsOf('node_operator')).toEqual([
    { action: 'node.read', kind: 'node', scope: 'hospital' },
    { action: 'settings.read', kind: 'settings', scope: 'organisation' },
  ]);
});
