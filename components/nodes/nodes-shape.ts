import { NODE_STATES } from '#lib/nodes/onboarding/transitions';
import { tableShape } from '#lib/tables/table-shape';

export const NODE_LINKS = ['connected', 'silent', 'away', 'never'] as const;

/** All nodes are in the browser: there are tens of them, not thousands. */
export const nodesShape = tableShape({
  sorts: [
    'name',
    'state',
    'link',
    'region',
    'shards',
    'lanes',
    'latency',
    'median',
    'slowest',
    'lost',
    'certificate',
  ],
  defaultSort: 'name',
  filters: { state: NODE_STATES, link: NODE_LINKS, region: null },
});
