/** What was left out and why. Private: for the hospital's own log, never for the router. */
export type ReadCounts = {
  patients: number;
  /** Links between patients that only one side names, or among too many: they stay apart, also in their refusals. */
  unmergedLinks: number;
  /** Lines that are no resource of the type their file is named for. */
  badLines: number;
  /** Of these, lines of Consent files: a refusal may hide in them, so the operator must look. */
  badConsentLines: number;
  /** Refusals of which we cannot tell whose they are, or that name several people: the operator must look. */
  unclearDenials: number;
  /** The same resource of the same patient again, e.g. in overlapping parts. */
  repeated: number;
  /** Resources that name several patients, none, or one that the export does not hold. */
  unattributable: number;
  patientsDenied: number;
  documentsWithoutText: number;
  documentsWithoutLabel: number;
  /** Documents marked as entered in error, conditions that were refuted. */
  retracted: number;
  /** Resources and records beyond what one patient may fill. */
  overQuota: number;
};

export function noCounts(): ReadCounts {
  return {
    patients: 0,
    unmergedLinks: 0,
    badLines: 0,
    badConsentLines: 0,
    unclearDenials: 0,
    repeated: 0,
    unattributable: 0,
    patientsDenied: 0,
    documentsWithoutText: 0,
    documentsWithoutLabel: 0,
    retracted: 0,
    overQuota: 0,
  };
}
