import { ASK, MODELS, PROOF, QUOTE } from './asking.ts';
import type { ConsoleRoute } from './definition.ts';
import { ENTRY_EXPORT, REQUEST_EXPORT } from './exports.ts';
import { LIVE } from './live.ts';
import { OPENAPI } from './openapi.ts';
import { SIGN_OUT } from './session.ts';

/** Every route of the console's API. A route that is not here is answered with 404 before it is reached. */
export const CONSOLE_ROUTES: readonly ConsoleRoute[] = [
  ASK,
  QUOTE,
  MODELS,
  PROOF,
  REQUEST_EXPORT,
  ENTRY_EXPORT,
  LIVE,
  SIGN_OUT,
  OPENAPI,
];
