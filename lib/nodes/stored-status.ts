import { z } from 'zod';
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

const pinnedSchema = z.array(z.string());

/** Whom a hospital said it has pinned; null where it has not said. */
export function readPinned(stored: unknown): readonly string[] | null {
  const parsed = pinnedSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}
