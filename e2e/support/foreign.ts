import { randomUUID } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';
import { idOf } from '../../prisma/seed/scenario-ids.ts';

/** Ids of things that belong to Harbour Health, by the word before them in a path. */
export type HarbourIds = Record<string, string>;

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** Collects them as Harbour's own people see them: `dpo` and `admin` are signed in there. */
export async function harbourIds(dpo: APIRequestContext, admin: APIRequestContext): Promise<HarbourIds> {
  const firstOn = async (page: string) => {
    const html = await (await dpo.get(`/${page}`)).text();
    const id = new RegExp(`href="/${page}/(${UUID})`).exec(html)?.[1];
    if (!id) throw new Error(`Harbour's data-protection officer sees no link on /${page}`);
    return id;
  };
  const invited = await admin.post('/api/console/invitations', {
    headers: { 'sec-fetch-site': 'same-origin' },
    data: {
      name: 'Somebody invited',
      email: `invited-${randomUUID()}@harbour.example`,
      role: 'auditor',
      departmentId: idOf('department', 'harbour/General medicine'),
      hospitalId: null,
    },
  });
  const invitation = (await invited.json()) as { id?: string };
  if (!invitation.id) throw new Error(`the invitation failed: ${JSON.stringify(invitation)}`);
  return {
    requests: await firstOn('requests'),
    budgets: await firstOn('budgets'),
    nodes: idOf('node', 'harbour'),
    hospitals: idOf('hospital', 'harbour'),
    members: idOf('user', 'clinician@harbour.example'),
    keys: idOf('api-key', 'clinician@harbour.example'),
    invitations: invitation.id,
  };
}
