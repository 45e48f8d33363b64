import type { Resource } from './resource.ts';

/** Where FHIR resources come from: a bulk folder, a server, or what the record store holds of them. */
export type ResourceSource = {
  types: ReadonlySet<string>;
  /** Everything of one type, in a fixed order; undefined stands for what could not be read. Asked once for each type. */
  resources(type: string): AsyncIterable<Resource | undefined>;
};
