import type { FACTOR_MAIL, PayloadOf } from '#lib/jobs/definitions';
import { PermanentJobError } from '#lib/jobs/permanent-job-error';
import { factorMail } from '#lib/mail/factor-mail';
import type { JobContext } from './context.ts';

type Row = { email: string; name: string; disabled: boolean };

/** Mails somebody what became of their second factor, unless they are gone. */
export async function sendFactorMail(
  { pool, log, mailer, consoleUrl }: JobContext,
  { about, id, userId }: PayloadOf<typeof FACTOR_MAIL.name>,
): Promise<void> {
  const found = await pool.query<Row>(
    'SELECT email, name, disabled_at IS NOT NULL AS disabled FROM "user" WHERE id = $1',
    [userId],
  );
  const row = found.rows[0];
  if (!row) throw new PermanentJobError('There is nobody to tell of their second factor.');
  if (row.disabled) return log.info({ id }, 'nobody there to be told of a second factor any more: no mail');
  const link = `${consoleUrl.replace(/\/$/, '')}/settings#security`;
  await mailer.send(factorMail({ about, id, recipient: row, link }));
  log.info({ id, about }, 'news of a second factor mailed');
}
