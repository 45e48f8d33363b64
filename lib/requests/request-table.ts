import { tableShape } from '#lib/tables/table-shape';
import { REQUEST_STATES } from './request-states.ts';

export const REQUEST_ROUTES = ['federated', 'public', 'local'] as const;

/** What the address of the Requests page, and of its export, may say. */
export const REQUEST_TABLE = tableShape({
  sorts: ['createdAt', 'charged'],
  defaultSort: '-createdAt',
  filters: {
    state: REQUEST_STATES,
    route: REQUEST_ROUTES,
    mechanism: null,
    purpose: null,
    department: null,
    user: null,
  },
});

/** How far back the page looks until somebody chooses. */
export const REQUEST_RANGE = '12mo';
