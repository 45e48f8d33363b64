import type { AuditEvent } from '../events.ts';
import type { Attack, Finding } from './finding.ts';

const ATTACK_OF: Record<string, Attack> = {
  log_fork: 'fork',
  log_rollback: 'rolled_back',
  witness_key: 'forged_checkpoint',
};

/** What witnesses say in the log itself: they refuse its heads, and nothing since has put that right. */
export class Refusals {
  readonly #firing = new Map<string, { code: string; nodeId: string }>();
  readonly #sizes = new Map<string, { seenSize: string; offeredSize: string }>();

  add(event: AuditEvent): void {
    if (event.type === 'alert.raised' && ATTACK_OF[event.code])
      this.#firing.set(event.alertId, { code: event.code, nodeId: event.subject });
    if (event.type === 'alert.cleared') this.#firing.delete(event.alertId);
    if (event.type === 'log.witness_refused') this.#sizes.set(event.nodeId, event);
  }

  findings(): Finding[] {
    return [...this.#firing.values()].map(({ code, nodeId }) => {
      const sizes = this.#sizes.get(nodeId);
      const seen = sizes
        ? `: it had signed a head of ${sizes.seenSize} and was shown one of ${sizes.offeredSize}`
        : '';
      return {
        attack: ATTACK_OF[code]!,
        detail: `The log itself says that node ${nodeId} refuses its heads${seen}.`,
      };
    });
  }
}
