import { noteText } from './note-text.ts';
import type { Quotas } from './quotas.ts';
import { asList, asResource, type Resource } from './resource.ts';

/** Whom a resource is about, written so that it names nobody else. */
type Owned = { resourceType: string; id: string; subject: { reference: string } };

/**
 * The part of a resource that records are made of, small enough to keep. What is made of it later is what would be made of
 * the whole, but that it names its owner and nobody else.
 */
export function keptResource(
  type: string,
  id: string,
  resource: Resource,
  owner: string,
  quotas: Quotas,
): Resource {
  const owned: Owned = { resourceType: type, id, subject: { reference: `Patient/${owner}` } };
  switch (type) {
    case 'Encounter':
      return {
        ...owned,
        reasonCode: asList(resource.reasonCode).slice(0, quotas.labelsPerRecord).map(keptConcept),
      };
    case 'Condition': {
      const { verificationStatus, recordedDate, onsetDateTime, encounter, code } = resource;
      return {
        ...owned,
        verificationStatus,
        recordedDate,
        onsetDateTime,
        encounter: keptReference(encounter),
        code: keptConcept(code),
      };
    }
    case 'DocumentReference': {
      const { status, docStatus, date, encounter } = resource;
      const text = noteText(resource, quotas.charactersPerRecord);
      const first = asList(asResource(resource.context)?.encounter)[0] ?? encounter;
      return {
        ...owned,
        status,
        docStatus,
        date,
        encounter: keptReference(first),
        content: keptContent(text),
      };
    }
    default:
      return owned;
  }
}

function keptConcept(concept: unknown): Resource {
  const coding = asList(asResource(concept)?.coding).map(({ code, display }) => ({ code, display }));
  return { coding, text: asResource(concept)?.text };
}

function keptReference(reference: unknown): Resource | undefined {
  const text = asResource(reference)?.reference;
  return typeof text === 'string' ? { reference: text } : undefined;
}

function keptContent(text: string | undefined): Resource[] {
  if (text === undefined) return [];
  return [{ attachment: { contentType: 'text/plain', data: Buffer.from(text, 'utf8').toString('base64') } }];
}
