import { mergeLabels } from './concept-labels.ts';
import type { Quotas } from './quotas.ts';
import type { Label } from './record.ts';

export type ConditionFacts = { encounterId: string | undefined; date: string | undefined; labels: Label[] };

/**
 * What an export says about one person, within that person's quotas. Everything is joined in here, so that an id
 * which somebody else's resources bear too is never mistaken for theirs, and a reference to somebody else's
 * encounter is a reference to an unknown one.
 */
export class PersonRecords {
  readonly patientId: string;
  readonly #quotas: Quotas;
  readonly #seen = new Map<string, Set<string>>();
  readonly #encounters = new Map<string, { reasons: Label[]; diagnosed: Label[] }>();
  readonly #labelsOfDay = new Map<string, Label[]>();
  #records = 0;
  #characters = 0;

  constructor(patientId: string, quotas: Quotas) {
    this.patientId = patientId;
    this.#quotas = quotas;
  }

  /** Whether to look at a resource: not when this person has one of that type and id, or too many of the type. */
  meet(type: string, id: string): 'new' | 'repeated' | 'overQuota' {
    const seen = this.#seen.get(type) ?? new Set();
    if (seen.has(id)) return 'repeated';
    if (seen.size >= this.#quotas.resourcesPerType) return 'overQuota';
    this.#seen.set(type, seen.add(id));
    return 'new';
  }

  addEncounter(id: string, reasons: Label[]): void {
    this.#encounters.set(id, { reasons: this.#merge(reasons), diagnosed: [] });
  }

  addCondition({ encounterId, date, labels }: ConditionFacts): void {
    const encounter = encounterId ? this.#encounters.get(encounterId) : undefined;
    if (encounter) encounter.diagnosed = this.#merge(encounter.diagnosed, labels);
    else if (date) {
      const day = date.slice(0, 10);
      this.#labelsOfDay.set(day, this.#merge(this.#labelsOfDay.get(day) ?? [], labels));
    }
  }

  /**
   * What was diagnosed in the document's encounter; else what was recorded on the document's day without naming an
   * encounter of this person; else why the encounter took place.
   */
  labelsFor(encounterId: string | undefined, date: string | undefined): readonly Label[] {
    const encounter = encounterId ? this.#encounters.get(encounterId) : undefined;
    if (encounter && encounter.diagnosed.length > 0) return encounter.diagnosed;
    const sameDay = date ? this.#labelsOfDay.get(date.slice(0, 10)) : undefined;
    return sameDay ?? encounter?.reasons ?? [];
  }

  /** Whether this person has room for another record of so many characters; if so, it is taken. */
  takes(characters: number): boolean {
    const { recordsPerPatient, charactersPerPatient } = this.#quotas;
    if (this.#records >= recordsPerPatient) return false;
    if (this.#characters + characters > charactersPerPatient) return false;
    this.#records += 1;
    this.#characters += characters;
    return true;
  }

  #merge(...lists: Label[][]): Label[] {
    return mergeLabels(lists).slice(0, this.#quotas.labelsPerRecord);
  }
}
