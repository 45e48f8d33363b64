import { webEnv } from '#lib/env';

/** Whether mails become files here instead of being sent. */
export function hasMailbox(): boolean {
  return webEnv().FDLR_MAIL_DIR !== undefined;
}
