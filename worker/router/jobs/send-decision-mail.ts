import type { DECISION_MAIL, PayloadOf } from '#lib/jobs/definitions';
import { PermanentJobError } from '#lib/jobs/permanent-job-error';
import { decisionMail } from '#lib/mail/decision-mail';
import type { JobContext } from './context.ts';

type Row = { email: string; name: string; disabled: boolean; waits: boolean };

/** Mails one person that a decision waits for them, unless it was taken meanwhile, or what became of theirs. */
export async function sendDecisionMail(
  { pool, log, mailer, consoleUrl }: JobContext,
  { about, id, userId }: PayloadOf<typeof DECISION_MAIL.name>,
): Promise<void> {
  const found = await pool.query<Row>(
    `SELECT u.email, u.name, u.disabled_at IS NOT NULL AS disabled,
       coalesce(c.state = 'proposed', r.state = 'open') AS waits
     FROM "user" u
     LEFT JOIN budget_change c ON c.id = $1 AND c.organisation_id = u.organisation_id
     LEFT JOIN budget_request r ON r.id = $1 AND r.organisation_id = u.organisation_id
     WHERE u.id = $2 AND (c.id IS NOT NULL OR r.id IS NOT NULL)`,
    [id, userId],
  );
  const row = found.rows[0];
  if (!row) throw new PermanentJobError('There is no such decision, or nobody to tell of it.');
  if (row.disabled) return log.info({ id }, 'nobody there to be told of a decision any more: no mail');
  if ((about === 'proposed' || about === 'asked') && !row.waits) {
    return log.info({ id }, 'the decision was taken meanwhile: no mail');
  }
  const ofChange = about === 'proposed' || about === 'decided';
  const link = `${consoleUrl.replace(/\/$/, '')}/decisions${ofChange ? `/${id}` : ''}`;
  await mailer.send(decisionMail({ about, id, recipient: { ...row, id: userId }, link }));
  log.info({ id, about }, 'decision mailed');
}
