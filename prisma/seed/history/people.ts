import type { Scenario } from '../scenario.ts';
import { idOf } from '../scenario-ids.ts';

/** Somebody who asks, as the ledger knows them. */
export type Person = {
  userId: string;
  departmentId: string;
  organisationId: string;
  userName: string;
  organisationName: string;
  department: string;
  region: string;
  maxRequestEpsilon: number;
  /** Set for who also asks through an application. */
  apiKeyId: string | null;
  /** How often they ask, beside the others of their organisation. */
  weight: number;
};

/** The share of an organisation's questions that a department asks. */
const DEPARTMENT_WEIGHTS: Readonly<Record<string, number>> = {
  Emergency: 34,
  'General medicine': 25,
  Radiology: 16,
  Oncology: 15,
  Research: 10,
};

/** Only clinicians ask. The first of a department asks most, the next half as much, and so on. */
export function peopleWhoAsk(scenario: Scenario): Person[] {
  return scenario.organisations.flatMap((organisation) => {
    const asking = organisation.users.filter((user) => user.role === 'clinician');
    return asking.map((user): Person => {
      const rank = asking.filter(({ department }) => department === user.department).indexOf(user);
      return {
        userId: idOf('user', user.email),
        departmentId: idOf('department', `${organisation.key}/${user.department}`),
        organisationId: idOf('organisation', organisation.key),
        userName: user.name,
        organisationName: organisation.name,
        department: user.department,
        region: organisation.region,
        maxRequestEpsilon: organisation.maxRequestEpsilon,
        apiKeyId: user.email === scenario.apiKeyOwner ? idOf('api-key', user.email) : null,
        weight: ((user.activity ?? 1) * (DEPARTMENT_WEIGHTS[user.department] ?? 10)) / (rank + 1),
      };
    });
  });
}
