import { encodeFrame } from '#lib/nodes/frame';
import type { NodeTelemetry } from '#lib/nodes/telemetry';
import type { Link } from './channel/dial.ts';

export const HEARTBEAT_MS = 5_000;

/** Sends what the node says of itself, and its clock, now and every few seconds, as long as the connection lasts. */
export function sendHeartbeats(link: Link, read: () => Omit<NodeTelemetry, 'clockMs'>): void {
  const beat = () => link.send(encodeFrame('telemetry', { ...read(), clockMs: Date.now() }));
  beat();
  const timer = setInterval(beat, HEARTBEAT_MS);
  link.onEnd(() => clearInterval(timer));
}
