import { asList, asResource, firstCode, type Resource } from './resource.ts';

/**
 * True for an active FHIR Consent that denies anything: a root or nested provision of type "deny" (R4), decision
 * "deny" (R5), or the policy rule OPTOUT. Narrower denials count as a full one: a record we may have to leave out
 * is left out.
 */
export function deniesUse(consent: Resource): boolean {
  if (consent.status !== 'active') return false;
  if (consent.decision === 'deny' || firstCode(consent.policyRule) === 'OPTOUT') return true;
  return asList(consent.provision).some(
    (root) =>
      root.type === 'deny' || asList(asResource(root)?.provision).some((nested) => nested.type === 'deny'),
  );
}
