/** Kinds of things that pages show and that can change under them. */
export const LIVE_KINDS = [
  'request',
  'account',
  'decision',
  'node',
  'member',
  'api_key',
  'settings',
  'alert',
] as const;
export type LiveKind = (typeof LIVE_KINDS)[number];

/** Says only that something changed; what it is now, the page asks for as its own right allows. */
export type LiveChange = { type: LiveKind; id: string };

const isChange = (value: unknown): value is LiveChange =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  LIVE_KINDS.includes(value.type as LiveKind) &&
  'id' in value &&
  typeof value.id === 'string';

/**
 * One message of the stream: all that one audit leaf (or one look at the nodes) changed and the reader may see; null
 * for what is none. By hand, because every page reads it and zod is a tenth of what a page downloads.
 */
export function readLiveMessage(message: unknown): LiveChange[] | null {
  if (typeof message !== 'object' || message === null || !('changes' in message)) return null;
  const { changes } = message;
  return Array.isArray(changes) && changes.every(isChange) ? changes : null;
}
