import { RecordStoreError } from './store-error.ts';

/** Throws where a refusal may stand in what could not be read: nobody may be asked until a person has looked. */
export function requireClearConsents(counts: Readonly<Record<string, number>>): void {
  const unclear = (counts.badConsentLines ?? 0) + (counts.unclearDenials ?? 0);
  if (unclear === 0) return;
  throw new RecordStoreError(
    `${unclear} Consent resources cannot be read or name no patient we can tell. A refusal may stand in them: mend them, then start again.`,
  );
}
