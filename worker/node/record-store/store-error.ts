/** The store cannot be used as it is: damaged, another's, or without its key. Says what a person can do. */
export class RecordStoreError extends Error {
  override readonly name = 'RecordStoreError';
}

/** What was asked of a patient cannot be done. Its message is for whoever asked. */
export class PatientError extends Error {
  override readonly name = 'PatientError';
}
