import { encodeFrame } from '#lib/nodes/frame';
import type { NodeTelemetry } from '#lib/nodes/telemetry';
import type { Link } from './channel/dial.ts';

export const HEARTBEAT_MS = 5_000;

/** What this node says of itself. Nothing that a private round could move: not its time, not its queue. */
export function readTelemetry(lanes: number): NodeTelemetry {
  return {
    lanes,
    lanesBusy: 0,
    gpuUse: null,
    memoryBytes: process.memoryUsage.rss(),
    queued: 0,
    tokensPerS: null,
    clockMs: Date.now(),
  };
}

/** Sends a heartbeat now and every few seconds, as long as the connection lasts. */
export function sendHeartbeats(link: Link, read: () => NodeTelemetry): void {
  const beat = () => link.send(encodeFrame('telemetry', read()));
  beat();
  const timer = setInterval(beat, HEARTBEAT_MS);
  link.onEnd(() => clearInterval(timer));
}
