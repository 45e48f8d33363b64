/** The hospital's FHIR server did not do what was asked. Its message says which step, and never what a record holds. */
export class FhirError extends Error {
  override readonly name = 'FhirError';
}
