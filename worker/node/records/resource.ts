/** Reading JSON of unknown shape: every accessor gives undefined or an empty list where the shape is not as hoped. */
export type Resource = { readonly [key: string]: unknown };

export function asResource(value: unknown): Resource | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Resource)
    : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** A list of objects; a lone object counts as a list of one (older exports write `context.encounter` so). */
export function asList(value: unknown): Resource[] {
  const items = Array.isArray(value) ? value : [value];
  return items.map(asResource).filter((item) => item !== undefined);
}

/** No FHIR id is longer. */
const LONGEST_ID = 64;
/** Longer than any address; a reference beyond it refers to nothing, so that no id cut from it keeps it in memory. */
const LONGEST_REFERENCE = 2_048;

/** The resource's own id. */
export function idOf(resource: Resource | undefined): string | undefined {
  const id = resource?.id;
  return typeof id === 'string' && id !== '' && id.length <= LONGEST_ID ? id : undefined;
}

/** The id in a reference to `type` ("Patient/1", an absolute URL, with or without a version), if it is one. */
export function referencedId(reference: unknown, type: string): string | undefined {
  const text = asText(asResource(reference)?.reference);
  if (!text || text.length > LONGEST_REFERENCE) return undefined;
  const match = /(?:^|\/)([A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/.exec(text);
  return match && match[1] === type ? match[2] : undefined;
}

/** The code of the first coding, e.g. of a status. */
export function firstCode(concept: unknown): string | undefined {
  return asText(asList(asResource(concept)?.coding)[0]?.code);
}

/** A line of NDJSON as a resource, if it is one. */
export function parseResource(line: string | undefined): Resource | undefined {
  if (line === undefined) return undefined;
  try {
    return asResource(JSON.parse(line));
  } catch {
    return undefined;
  }
}
