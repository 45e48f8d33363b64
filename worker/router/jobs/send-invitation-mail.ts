import type { Role } from '#lib/actor';
import { invitationToken, invitationTokenSha256 } from '#lib/identity/invitation-token';
import { inviterStands } from '#lib/identity/invitations/inviter-stands';
import type { Standing } from '#lib/identity/permissions';
import { PermanentJobError } from '#lib/jobs/permanent-job-error';
import { invitationMail } from '#lib/mail/invitation-mail';
import type { JobContext } from './context.ts';

type Row = {
  email: string;
  name: string;
  role: Role;
  organisation: string;
  organisationId: string;
  inviter: string | null;
  invitedBy: (Standing & { disabledAt: string | null }) | null;
  tokenSha256: Buffer;
  expiresAt: Date;
  open: boolean;
};

/** Mails an invitation its link, unless it was taken up or withdrawn, or its inviter may no longer invite. */
export async function sendInvitationMail(
  { pool, log, mailer, invitationKey, consoleUrl }: JobContext,
  { invitationId }: { invitationId: string },
): Promise<void> {
  const found = await pool.query<Row>(
    `SELECT i.email, i.name, i.role::text AS role, o.name AS organisation, o.id AS "organisationId", u.name AS inviter,
       CASE WHEN u.id IS NOT NULL THEN jsonb_build_object('userId', u.id, 'organisationId', u.organisation_id,
         'departmentId', u.department_id, 'hospitalId', u.hospital_id, 'role', u.role,
         'disabledAt', u.disabled_at) END AS "invitedBy",
       i.token_sha256 AS "tokenSha256", i.expires_at AS "expiresAt",
       i.accepted_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > now() AS open
     FROM invitation i JOIN organisation o ON o.id = i.organisation_id LEFT JOIN "user" u ON u.id = i.invited_by_id
     WHERE i.id = $1`,
    [invitationId],
  );
  const row = found.rows[0];
  if (!row) throw new PermanentJobError('There is no such invitation.');
  if (!row.open) return log.info({ invitationId }, 'the invitation is no longer open: no mail');
  if (!inviterStands(row.invitedBy, row.organisationId)) {
    return log.info({ invitationId }, 'its inviter may no longer invite: no mail');
  }
  const token = invitationToken(invitationKey, invitationId);
  // A link that opens nothing must not be sent: the key is not the one the invitation was made under.
  if (!invitationTokenSha256(token).equals(row.tokenSha256)) {
    throw new PermanentJobError('The invitation was made under another key.');
  }
  const link = `${consoleUrl.replace(/\/$/, '')}/join/${token}`;
  await mailer.send(invitationMail({ ...row, invitationId, link }));
  log.info({ invitationId }, 'invitation mailed');
}
