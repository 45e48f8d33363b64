/** How long the link in the mail works. */
export const INVITATION_HOURS = 72;

export function invitationExpiry(now: Date): Date {
  return new Date(now.getTime() + INVITATION_HOURS * 3_600_000);
}
