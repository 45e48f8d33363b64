import { z } from 'zod';
import { defineRoute } from './definition.ts';

const text = z.string().optional();
/** As the page's address has it; what is not valid counts as not said, as there. */
export const rangeQuery = {
  range: text.meta({ description: 'A preset such as 30d, or custom.', example: '30d' }),
  from: text.meta({ description: 'First day of a custom range, in the zone of the viewer.' }),
  to: text.meta({ description: 'Last day of a custom range.' }),
  sort: text.meta({ description: 'A column, with a minus before it for descending.', example: '-createdAt' }),
};
export const several = (what: string) => text.meta({ description: `${what}, with commas between several.` });

export const REQUEST_EXPORT = defineRoute({
  method: 'GET',
  path: '/api/console/requests/export',
  summary: 'Take a list of requests along as CSV',
  description:
    'That it was taken is in the audit log before the first row leaves: how many rows, never which.',
  action: 'request.export',
  leavesLeaf: true,
  query: z.object({
    ...rangeQuery,
    q: text.meta({ description: 'The beginning of an id.' }),
    state: several('States'),
    route: several('Routes'),
    mechanism: several('Mechanisms'),
    purpose: several('Codes of purposes'),
    department: several('Ids of departments'),
    user: several('Ids of people'),
  }),
  reply: { contentType: 'text/csv', description: 'One line a request, with a heading.' },
});

export const MEMBER_EXPORT = defineRoute({
  method: 'GET',
  path: '/api/console/members/export',
  summary: 'Take the list of members along as CSV',
  description:
    'That it was taken is in the audit log before the first row leaves: how many rows, never which.',
  action: 'member.export',
  leavesLeaf: true,
  query: z.object({
    sort: text.meta({ description: 'A column, with a minus before it for descending.', example: '-since' }),
    q: text.meta({ description: 'A part of a name or an address.' }),
    role: several('Roles'),
    state: several('States'),
    department: several('Ids of departments'),
  }),
  reply: { contentType: 'text/csv', description: 'One line a member, with a heading.' },
});

export const ENTRY_EXPORT = defineRoute({
  method: 'GET',
  path: '/api/console/budgets/{id}/export',
  summary: "Take an account's ledger entries along as CSV",
  description: 'That they were taken is in the audit log before the first row leaves.',
  action: 'account.export',
  leavesLeaf: true,
  params: z.object({ id: z.uuid() }),
  query: z.object({ ...rangeQuery, kind: several('Kinds of entries') }),
  reply: { contentType: 'text/csv', description: 'One line an entry, with a heading.' },
});
