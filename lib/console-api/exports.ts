import { z } from 'zod';
import { defineRoute } from './definition.ts';

const csv = { contentType: 'text/csv', description: 'The rows of the table as it is filtered and sorted.' };

export const EXPORT_REQUESTS = defineRoute({
  method: 'GET',
  path: '/api/console/requests/export',
  summary: 'Export requests',
  description: "Takes the query of the Requests page's address.",
  action: 'request.export',
  reply: csv,
});

export const EXPORT_ENTRIES = defineRoute({
  method: 'GET',
  path: '/api/console/budgets/{id}/export',
  summary: "Export an account's ledger entries",
  description: "Takes the query of the account page's address.",
  action: 'account.export',
  params: z.object({ id: z.uuid() }),
  reply: csv,
});
