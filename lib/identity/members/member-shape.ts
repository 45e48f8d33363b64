import { ROLES } from '#lib/actor';
import { tableShape } from '#lib/tables/table-shape';

export const MEMBER_STATES = ['active', 'disabled'] as const;

/** What of the list of members an address may say. */
export const memberShape = tableShape({
  sorts: ['name', 'since'],
  defaultSort: 'name',
  filters: { role: ROLES, state: MEMBER_STATES, department: null },
});
