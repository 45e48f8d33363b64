import { z } from 'zod';
import type { LiveChange } from './live-event.ts';

const id = z.uuid();
/** The members of leaves by which they name things; each type of leaf has some of them. */
const namesSchema = z.looseObject({
  requestId: id.optional().catch(undefined),
  accountId: id.nullish().catch(undefined),
  accounts: z
    .array(z.looseObject({ accountId: id }))
    .optional()
    .catch(undefined),
  changeId: id.nullish().catch(undefined),
  admissionId: id.optional().catch(undefined),
  budgetRequestId: id.optional().catch(undefined),
  nodeId: id.optional().catch(undefined),
  member: id.optional().catch(undefined),
  invitationId: id.optional().catch(undefined),
  apiKeyId: id.optional().catch(undefined),
  hospitalId: id.optional().catch(undefined),
  alertId: id.optional().catch(undefined),
});

/** Types that record that somebody read something: nothing on any page changes by them. */
const CHANGES_NOTHING = /\.exported$/;

/** What a leaf says has changed. A type that is not known yet is read by the names it carries. */
export function changesOfLeaf(type: string, entry: Uint8Array): LiveChange[] {
  if (CHANGES_NOTHING.test(type)) return [];
  const parsed = namesSchema.safeParse(JSON.parse(Buffer.from(entry).toString('utf8')));
  if (!parsed.success) return [];
  const {
    requestId,
    accountId,
    accounts = [],
    changeId,
    admissionId,
    budgetRequestId,
    nodeId,
    member,
    invitationId,
    apiKeyId,
    hospitalId,
    alertId,
  } = parsed.data;
  const named = (kind: LiveChange['type'], ids: (string | null | undefined)[]): LiveChange[] =>
    ids.filter((one) => one != null).map((one) => ({ type: kind, id: one }));
  return [
    ...named('request', [requestId]),
    ...named('account', [accountId, ...accounts.map((account) => account.accountId)]),
    ...named('decision', [changeId, admissionId, budgetRequestId]),
    ...named('node', [nodeId]),
    ...named('member', [member, invitationId]),
    ...named('api_key', [apiKeyId]),
    ...named('alert', [alertId]),
    ...named('settings', [type.startsWith('purpose.') ? hospitalId : undefined]),
  ];
}
