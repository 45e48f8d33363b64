import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import type { RequestWhereInput } from '#lib/db/generated/models';
import { type Params, parseTableQuery } from '#lib/tables/table-query';
import { REQUEST_TABLE } from './request-table.ts';
import { visibleRequests } from './visible-requests.ts';

/** What somebody wants to see of the requests: the table's address and, where the page has one, its time range. */
export type RequestQuery = ReturnType<typeof parseRequestQuery>;

export function parseRequestQuery(params: Params, range: { from: string; to: string } | null = null) {
  return { ...parseTableQuery(REQUEST_TABLE, params), range };
}

/** The requests that `actor` may see and that the query keeps, as a Prisma filter; not its page. */
export function matchingRequests(
  actor: PrincipalActor,
  { filters, search, range }: Pick<RequestQuery, 'filters' | 'search' | 'range'>,
  action: 'request.read' | 'request.export' = 'request.read',
): RequestWhereInput {
  const among = (values: readonly string[]) => (values.length > 0 ? { in: [...values] } : {});
  const ids = (values: readonly string[]) =>
    values.length > 0 ? { in: values.filter((value) => z.uuid().safeParse(value).success) } : {};
  return {
    AND: [
      visibleRequests(actor, action),
      {
        ...(filters.state.length > 0 ? { state: { in: filters.state } } : {}),
        route: among(filters.route),
        mechanism: among(filters.mechanism),
        purpose: among(filters.purpose),
        departmentId: ids(filters.department),
        userId: ids(filters.user),
        ...(range ? { createdAt: { gte: new Date(range.from), lt: new Date(range.to) } } : {}),
      },
      search ? { id: idsBeginningWith(search) } : {},
    ],
  };
}

/** The ids between a beginning's first and last; none for what begins no id. Typed with or without its hyphens. */
function idsBeginningWith(text: string): { gte: string; lte: string } | { in: string[] } {
  const digits = text.toLowerCase().replaceAll('-', '');
  if (!/^[0-9a-f]{1,32}$/.test(digits)) return { in: [] };
  return { gte: toUuid(digits.padEnd(32, '0')), lte: toUuid(digits.padEnd(32, 'f')) };
}

function toUuid(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
