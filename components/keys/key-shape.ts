import { KEY_STATES } from '#lib/identity/api-keys/key-state';
import { tableShape } from '#lib/tables/table-shape';

/** What of the list of keys an address may say. */
export const keyShape = tableShape({
  sorts: ['name', 'owner', 'created', 'expires', 'lastUsed'],
  defaultSort: '-created',
  filters: { state: KEY_STATES },
});
