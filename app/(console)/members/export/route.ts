import type { NextRequest } from 'next/server';
import { listMembers, type MemberRow } from '#lib/identity/members/list-members';
import { memberShape } from '#lib/identity/members/member-shape';
import { everyRow } from '#lib/tables/every-row';
import { parseTableQuery } from '#lib/tables/table-query';
import { requireActor } from '../../../_server/actor.ts';
import { csvResponse } from '../../../_server/csv-response.ts';
import { database } from '../../../_server/database.ts';
import { toProblem } from '../../../_server/problem.ts';

const HEADING = ['name', 'email', 'role', 'department', 'hospital', 'state', 'last_sign_in', 'member_since'];
const PAGE = 100;

/** The members of the list's filters as a file. */
export async function GET(request: NextRequest): Promise<Response> {
  const actor = await requireActor();
  const query = parseTableQuery(memberShape, Object.fromEntries(request.nextUrl.searchParams));
  const page = (after: string | null) => listMembers(database(), actor, { ...query, after, size: PAGE });
  try {
    // Before the file begins: who may not read members gets no half a file.
    await page(null);
  } catch (error) {
    return toProblem(error);
  }
  return csvResponse('members', HEADING, lines(everyRow(page)));
}

async function* lines(rows: AsyncIterable<MemberRow>) {
  for await (const row of rows) {
    const state = row.isActive ? 'active' : 'disabled';
    const lastSignIn = row.lastSignInAt?.toISOString() ?? '';
    const since = row.createdAt.toISOString();
    yield [row.name, row.email, row.role, row.department, row.hospital ?? '', state, lastSignIn, since];
  }
}
