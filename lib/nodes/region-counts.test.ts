import { expect, it } from 'vitest';
import type { NodeRow } from './list-nodes.ts';
import { regionCounts } from './region-counts.ts';

const node = (region: string, state: NodeRow['state'], link: NodeRow['link']) =>
  ({ region, state, link }) as NodeRow;

it('regions are counted by state, and one without a place on the map is still listed', () => {
  const counts = regionCounts([
    node('us-east-1', 'admitted', 'connected'),
    node('moon-1', 'pending', 'never'),
    node('us-east-1', 'admitted', 'away'),
    node('us-east-1', 'revoked', 'away'),
  ]);
  expect(counts).toMatchObject([
    { code: 'moon-1', name: null, place: null, nodes: 0, connected: 0 },
    {
      ...{ code: 'us-east-1', name: 'Northern Virginia', nodes: 2, connected: 1 },
      states: [
        { state: 'admitted', count: 2 },
        { state: 'revoked', count: 1 },
      ],
    },
  ]);
});
