import { tableShape } from '#lib/tables/table-shape';

export const NODE_STATES = [
  'invited',
  'pending',
  'certified',
  'admitted',
  'draining',
  'suspended',
  'revoked',
] as const;
export const NODE_LINKS = ['connected', 'silent', 'away', 'never'] as const;

/** All nodes are in the browser: there are tens of them, not thousands. */
export const nodesShape = tableShape({
  sorts: ['name', 'state', 'link', 'region', 'shards', 'lanes', 'latency', 'median', 'slowest', 'lost'],
  defaultSort: 'name',
  filters: { state: NODE_STATES, link: NODE_LINKS, region: null },
});
