import { z } from 'zod';
import type { NodeCertificate, NodeStatus } from '#lib/db/generated/client';
import { nodeTelemetrySchema } from './telemetry.ts';

/** A heartbeat comes every 5 s: what is older than this says nothing of now. */
export const TELEMETRY_FRESH_MS = 30_000;
const DAY_MS = 86_400_000;

const engineSchema = z.object({
  modelId: z.string(),
  exactScores: z.boolean(),
  batchInvariant: z.boolean(),
});

type Certificate = Pick<NodeCertificate, 'notBefore' | 'notAfter' | 'keySince' | 'fingerprint'>;
type Status = Pick<NodeStatus, 'connectedSince' | 'tlsGroup' | 'engine' | 'telemetry' | 'telemetryAt'>;

/** What is known of a node's channel, its engine and its last heartbeat; null for what nobody said. */
export function channelFacts(certificate: Certificate | undefined, status: Status | null, now: Date) {
  const telemetry = nodeTelemetrySchema.safeParse(status?.telemetry);
  const at = status?.telemetryAt ?? null;
  const engine = engineSchema.safeParse(status?.engine);
  return {
    certificate: certificate ? certificateFacts(certificate, now) : null,
    /** Of the connection there is; a former one's says nothing. */
    tlsGroup: status?.connectedSince ? status.tlsGroup : null,
    engine: engine.success ? engine.data : null,
    telemetry:
      telemetry.success && at
        ? {
            ...telemetry.data,
            at,
            isFresh: now.getTime() - at.getTime() <= TELEMETRY_FRESH_MS,
            /** How far the node's clock is ahead of the router's, network and all. */
            skewMs: telemetry.data.clockMs - at.getTime(),
          }
        : null,
  };
}
export type ChannelFacts = ReturnType<typeof channelFacts>;

/** The node renews it by itself at half its life. */
function certificateFacts({ notBefore, notAfter, keySince, fingerprint }: Certificate, now: Date) {
  const from = notBefore.getTime();
  return {
    fingerprint,
    notAfter,
    keySince,
    renewsAt: new Date(from + (notAfter.getTime() - from) / 2),
    ageDays: Math.max(0, Math.floor((now.getTime() - from) / DAY_MS)),
    isExpired: notAfter <= now,
  };
}
