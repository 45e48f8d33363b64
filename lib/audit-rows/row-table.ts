import { tableShape } from '#lib/tables/table-shape';
import { EVENT_TYPES } from './event-types.ts';

/** `actor` of this value is nobody: the product did it by itself. */
export const BY_PRODUCT = 'product';

/** What the address of the Audit page, and of its exports, may say of the rows. The log has one order. */
export const AUDIT_TABLE = tableShape({
  sorts: ['index'],
  defaultSort: '-index',
  filters: { type: EVENT_TYPES, actor: null, account: null, subject: null },
});

/** How far back the page looks until somebody chooses. */
export const AUDIT_RANGE = '12mo';

/** Whose rows: those about the own organisation, or all of the log, which is public. */
export const AUDIT_SCOPES = ['own', 'federation'] as const;
export type AuditScope = (typeof AUDIT_SCOPES)[number];
