import { mergeLabels } from './concept-labels.ts';
import type { Label } from './record.ts';

export type ConditionFacts = { encounterId: string | undefined; date: string | undefined; labels: Label[] };

/** Encounters and conditions of one export, joined by id within one patient and never across patients. */
export function createRecordJoin(counts: { unattributable: number }) {
  const encounters = new Map<string, { patientId: string; reasons: Label[] }>();
  const diagnosed = new Map<string, Label[][]>();
  const dated = new Map<string, Label[][]>();

  const append = (map: Map<string, Label[][]>, key: string, labels: Label[]) => {
    const list = map.get(key);
    if (list) list.push(labels);
    else map.set(key, [labels]);
  };
  const dayKey = (patientId: string, date: string) => `${patientId}\n${date.slice(0, 10)}`;

  return {
    addEncounter: (id: string, patientId: string, reasons: Label[]) =>
      void encounters.set(id, { patientId, reasons }),

    addCondition(patientId: string, { encounterId, date, labels }: ConditionFacts): void {
      const owner = encounterId && encounters.get(encounterId)?.patientId;
      if (owner && owner !== patientId) counts.unattributable += 1;
      else if (encounterId && owner) append(diagnosed, encounterId, labels);
      else if (date) append(dated, dayKey(patientId, date), labels);
    },

    /**
     * What was diagnosed in the document's encounter; else what was recorded for the patient on the document's
     * day without naming an encounter; else why the encounter took place.
     */
    labelsFor(patientId: string, encounterId: string | undefined, date: string | undefined): Label[] {
      const encounter = encounterId ? encounters.get(encounterId) : undefined;
      if (encounter && encounter.patientId !== patientId) return [];
      const here = encounter && encounterId ? diagnosed.get(encounterId) : undefined;
      if (here) return mergeLabels(here);
      const sameDay = date ? dated.get(dayKey(patientId, date)) : undefined;
      return sameDay ? mergeLabels(sameDay) : (encounter?.reasons ?? []);
    },
  };
}
