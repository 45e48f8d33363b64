import { z } from 'zod';

/**
 * A node's heartbeat. Nothing in it may follow from the time or the content of a private round: lanes are counted as
 * given out and taken back on public ticks, rates come from public probes alone.
 */
export const nodeTelemetrySchema = z.strictObject({
  lanes: z.int().nonnegative().max(1024),
  lanesBusy: z.int().nonnegative().max(1024),
  /** Share of the GPUs in use by this node's public work; null without GPUs. */
  gpuUse: z.number().min(0).max(1).nullable(),
  memoryBytes: z.int().nonnegative(),
  queued: z.int().nonnegative().max(1_000_000),
  /** Of the last public probe of the model; null before the first. */
  tokensPerS: z.number().nonnegative().max(1e6).nullable(),
  /** The node's clock, milliseconds since the epoch, UTC. */
  clockMs: z.int().positive(),
});
export type NodeTelemetry = z.output<typeof nodeTelemetrySchema>;
