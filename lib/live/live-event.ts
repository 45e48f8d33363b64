import { z } from 'zod';

/** Kinds of things that pages show and that can change under them. */
export const LIVE_KINDS = ['request', 'account', 'node', 'member', 'api_key', 'settings'] as const;
export type LiveKind = (typeof LIVE_KINDS)[number];

/** Says only that something changed; what it is now, the page asks for as its own right allows. */
export const liveChangeSchema = z.object({ type: z.enum(LIVE_KINDS), id: z.uuid() });
export type LiveChange = z.output<typeof liveChangeSchema>;

/** One message of the stream: all that one audit leaf (or one look at the nodes) changed and the reader may see. */
export const liveMessageSchema = z.object({ changes: z.array(liveChangeSchema) });

/** Channel of Postgres's NOTIFY that says that leaves got their index. */
export const LEAVES_CHANNEL = 'fdlr_leaves';
