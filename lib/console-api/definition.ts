import type { z } from 'zod';
import type { Action } from '#lib/identity/permissions';

/**
 * What a route of the console's API takes and gives. The route is built from it (app/_server/console-route.ts), the
 * OpenAPI document is written from it, and the proxy knows by it which paths and methods there are: they cannot differ.
 */
export type ConsoleRoute = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With parameters in braces: /api/console/requests/{id}. */
  path: `/api/console/${string}`;
  /** One line, in the imperative. */
  summary: string;
  description?: string;
  /** The permission that its verb asks for; null where being signed in is enough. */
  action: Action | null;
  /** Open to whoever holds what the body proves, without a session. */
  signedOut?: true;
  /** A GET that writes to the audit log: only the console's own pages may send it, and it has no HEAD. */
  leavesLeaf?: true;
  /** Path parameters. One that does not fit is a 404: there is no such thing. */
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** Request headers of its own, by lower-case name. One that does not fit is a 400. */
  headers?: z.ZodObject;
  body?: z.ZodType;
  /** JSON, or a download or stream of this content type, which the verb answers as a Response. */
  reply: z.ZodType | { contentType: string; description: string };
};

/** Keeps the schemas' own types. */
export function defineRoute<const R extends ConsoleRoute>(route: R): R {
  return route;
}

/** A reply as the verb may return it: JSON makes text of dates. */
export type Sent<T> = T extends string
  ? T | Date
  : T extends readonly (infer Item)[]
    ? readonly Sent<Item>[]
    : T extends object
      ? { [K in keyof T]: Sent<T[K]> }
      : T;
