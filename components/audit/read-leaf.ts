import type { AuditEvent } from '#lib/audit-log/events';
import { isEventType } from '#lib/audit-rows/event-types';

/**
 * A leaf's text as the event it says it is; null for a kind that this version does not know. Its members are as the log
 * has them: they were checked when they were written, and a browser that verifies the row knows that they still are.
 */
export function readLeaf(entry: string): AuditEvent | null {
  try {
    const event: unknown = JSON.parse(entry);
    if (typeof event !== 'object' || event === null || !('type' in event)) return null;
    return typeof event.type === 'string' && isEventType(event.type) ? (event as AuditEvent) : null;
  } catch {
    return null;
  }
}
