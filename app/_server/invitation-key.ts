import 'server-only';
import { webEnv } from '#lib/env';
import { loadInvitationKey } from '#lib/identity/invitation-token';

let key: Buffer | undefined;

/** The key under which invitations' links are made; the router has it too. */
export function invitationKey(): Buffer {
  key ??= loadInvitationKey(webEnv().FDLR_INVITATION_KEY_FILE);
  return key;
}
