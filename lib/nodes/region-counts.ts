import type { NodeRow } from './list-nodes.ts';
import { project } from './map-projection.ts';
import { regionOf } from './regions.ts';

export type RegionCounts = {
  code: string;
  /** Null for a region that this version has no place for: it is listed, not drawn. */
  name: string | null;
  /** Shares of the map's width and height. */
  place: { x: number; y: number } | null;
  /** Those that are to be connected: admitted, or admitted and draining. */
  nodes: number;
  connected: number;
  /** How many nodes are in each state that any is in. */
  states: { state: NodeRow['state']; count: number }[];
};

/** The regions that these nodes are in, by code, with how many there are in each state. */
export function regionCounts(nodes: readonly NodeRow[]): RegionCounts[] {
  const byRegion = Map.groupBy(nodes, (node) => node.region);
  return [...byRegion]
    .map(([code, rows]) => {
      const region = regionOf(code);
      const expected = rows.filter(({ state }) => state === 'admitted' || state === 'draining');
      return {
        code,
        name: region?.name ?? null,
        place: region ? project(region.longitude, region.latitude) : null,
        nodes: expected.length,
        connected: expected.filter((node) => node.link === 'connected').length,
        states: [...Map.groupBy(rows, (node) => node.state)].map(([state, { length: count }]) => ({
          state,
          count,
        })),
      };
    })
    .sort((a, b) => a.code.localeCompare(b.code, 'en'));
}
