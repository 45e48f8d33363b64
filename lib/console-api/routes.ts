import { ASK, ASK_FOR_TEXT, MODELS, PROOF, QUOTE } from './asking.ts';
import {
  AUDIT_CSV,
  AUDIT_NDJSON,
  AUDIT_PROOFS,
  LOG_GROWTH,
  LOG_HEAD,
  ROW_PROOF_FILE,
  ROW_PROOFS,
} from './audit.ts';
import type { ConsoleRoute } from './definition.ts';
import { ACCOUNT_EFFICIENCY, PERIOD_EFFICIENCY } from './efficiency.ts';
import { ENTRY_EXPORT, MEMBER_EXPORT, REQUEST_EXPORT } from './exports.ts';
import { JOIN } from './join.ts';
import { CREATE_KEY, REVOKE_KEY } from './keys.ts';
import { LIVE } from './live.ts';
import { CHANGE_MEMBER, INVITE, RESEND_INVITATION, SET_ACTIVE, WITHDRAW_INVITATION } from './members.ts';
import { OPENAPI } from './openapi.ts';
import {
  BEGIN_SECOND_FACTOR,
  CONFIRM_SECOND_FACTOR,
  PROVE,
  REMOVE_SECOND_FACTOR,
  RENEW_RECOVERY_CODES,
  RESET_SECOND_FACTOR,
} from './second-factor.ts';
import { SIGN_OUT } from './session.ts';
import { CHANGE_PURPOSE, END_OTHER_SESSIONS } from './settings.ts';

/** Every route of the console's API. A route that is not here is answered with 404 before it is reached. */
export const CONSOLE_ROUTES: readonly ConsoleRoute[] = [
  ASK,
  ASK_FOR_TEXT,
  QUOTE,
  MODELS,
  PROOF,
  REQUEST_EXPORT,
  ENTRY_EXPORT,
  ACCOUNT_EFFICIENCY,
  PERIOD_EFFICIENCY,
  MEMBER_EXPORT,
  LOG_HEAD,
  LOG_GROWTH,
  ROW_PROOFS,
  ROW_PROOF_FILE,
  AUDIT_CSV,
  AUDIT_NDJSON,
  AUDIT_PROOFS,
  INVITE,
  RESEND_INVITATION,
  WITHDRAW_INVITATION,
  CHANGE_MEMBER,
  SET_ACTIVE,
  CREATE_KEY,
  REVOKE_KEY,
  CHANGE_PURPOSE,
  END_OTHER_SESSIONS,
  JOIN,
  LIVE,
  PROVE,
  BEGIN_SECOND_FACTOR,
  CONFIRM_SECOND_FACTOR,
  RENEW_RECOVERY_CODES,
  REMOVE_SECOND_FACTOR,
  RESET_SECOND_FACTOR,
  SIGN_OUT,
  OPENAPI,
];
