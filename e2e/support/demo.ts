import { readFileSync } from 'node:fs';

type Login = { role: string; email: string; password: string };

export type Demo = {
  consoleUrl: string;
  apiBaseUrl: string;
  apiKey: string;
  model: string;
  logins: Login[];
  /** In the demo's data folder. */
  loginsFile: string;
};

/** The running product under test: the line that `npm start -- --json` prints, kept by the test runner. */
export function demo(): Demo {
  return JSON.parse(readFileSync('.cache/e2e-demo.json', 'utf8'));
}

/** A demo login with a role: the first, or the one whose e-mail address ends so (a domain, or a whole address). */
export function loginOf(role: string, domain = ''): Login {
  const login = demo().logins.find(
    (candidate) => candidate.role === role && candidate.email.endsWith(domain),
  );
  if (!login) throw new Error(`the demo has no login with the role ${role} ${domain}`);
  return login;
}
