import { messageSchemas } from './messages.ts';
import { type NodeTelemetry, nodeTelemetrySchema } from './telemetry.ts';

/** What the router stored of a heartbeat; null for none, and for one of another version. */
export function readTelemetry(stored: unknown): NodeTelemetry | null {
  const parsed = nodeTelemetrySchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

const engineSchema = messageSchemas.hello.shape.engine;

export function readEngine(stored: unknown) {
  const parsed = engineSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}
