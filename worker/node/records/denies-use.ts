import { type PatientsNamed, patientsNamed } from './patients-named.ts';
import { asList, asResource, type Resource } from './resource.ts';

/** Deeper than provisions are nested anywhere; what lies below is not read and counts as a denial. */
const DEEPEST_PROVISION = 16;

function provisionDenies(provision: unknown, depth: number): boolean {
  return asList(provision).some(
    (one) => depth > DEEPEST_PROVISION || one.type === 'deny' || provisionDenies(one.provision, depth + 1),
  );
}

/**
 * True for an active FHIR Consent that denies anything: a provision of type "deny" at any depth (R4), decision
 * "deny" (R5), or the policy rule OPTOUT. Narrower denials count as a full one: a record we may have to leave out
 * is left out.
 */
export function deniesUse(consent: Resource): boolean {
  if (consent.status !== 'active') return false;
  if (consent.decision === 'deny') return true;
  const rules = asList(asResource(consent.policyRule)?.coding);
  return rules.some(({ code }) => code === 'OPTOUT') || provisionDenies(consent.provision, 1);
}

/**
 * Whose consent it is: who stands in `patient` (R4) or `subject` (R5). Only where neither is given does it belong to
 * whoever else it names; a performer may be a parent who is a patient here too.
 */
export function consentOf(consent: Resource): PatientsNamed {
  const { patient, subject } = consent;
  return patientsNamed(patient === undefined && subject === undefined ? consent : { patient, subject });
}
