/** Who acts. Every verb takes one; `can()` (lib/identity/permissions.ts) decides what it may do. */
export const ROLES = ['admin', 'dpo', 'compliance_officer', 'auditor', 'clinician', 'node_operator'] as const;
export type Role = (typeof ROLES)[number];

/** A signed-in person, from the console's session or the 60-second token the console calls the router with. */
export type SessionActor = {
  kind: 'session';
  sessionId: string;
  userId: string;
  organisationId: string;
  departmentId: string;
  /** The one site of a node operator; null for every other role. */
  hospitalId: string | null;
  role: Role;
};

/** An application that presents an API key; it acts for the user who made the key. */
export type ApiKeyActor = {
  kind: 'api_key';
  apiKeyId: string;
  userId: string;
  organisationId: string;
  departmentId: string;
  /** The one site of a node operator; null for every other role. */
  hospitalId: string | null;
  role: Role;
};

/** A hospital's agent on its channel. */
export type NodeActor = { kind: 'node'; nodeId: string; hospitalId: string };

/** The product itself: jobs, the reaper, the seed. */
export type SystemActor = { kind: 'system'; name: string };

/** Anyone who spends a budget. */
export type PrincipalActor = SessionActor | ApiKeyActor;
export type Actor = PrincipalActor | NodeActor | SystemActor;

/** The id that request ids are derived from: the key for applications, the person otherwise. */
export function principalId(actor: PrincipalActor): string {
  return actor.kind === 'api_key' ? actor.apiKeyId : actor.userId;
}
