/** Whether an alert is about the log itself or its witnesses; by its name, so that none that is added is left out. */
export function isLogAlert(code: string): boolean {
  return /^(log|witness)_/.test(code);
}
