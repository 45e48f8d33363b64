import type { Pool } from '#lib/db/pool';
import type { Logger } from '#lib/log';
import type { Mailer } from '#lib/mail/mailer';

/** What the handlers of jobs are given. */
export type JobContext = {
  pool: Pool;
  log: Logger;
  mailer: Mailer;
  invitationKey: Buffer;
  /** Base of the links in mails. */
  consoleUrl: string;
};
