import { ACCOUNTS, type Ask, CAP, type Move, type Settle } from './moves.ts';

export type ModelAccount = { cap: number; spent: number; reserved: number; open: boolean };
export type ModelRequest = {
  body: number;
  amount: number;
  accounts: number[];
  due: boolean;
  state: 'reserved' | 'answered' | 'failed';
  charged: number;
};
/** The ledger as it should be. Never changed in place. */
export type Model = { accounts: ModelAccount[]; requests: Record<number, ModelRequest> };

/** What a caller is told. */
export type Verdict = string;
/** A verdict that a move may get, and the ledger after it. */
export type Outcome = { verdict: Verdict; after: Model };

export const EMPTY: Model = {
  accounts: Array.from({ length: ACCOUNTS }, () => ({ cap: CAP, spent: 0, reserved: 0, open: true })),
  requests: {},
};

export const reservedKeys = (model: Model): number[] =>
  Object.entries(model.requests).flatMap(([key, { state }]) => (state === 'reserved' ? [Number(key)] : []));

/** What the rules of the ledger allow a move to do. More than one outcome only where a COMMIT is of unknown outcome. */
export function outcomesOf(model: Model, move: Exclude<Move, { move: 'reap' }>): Outcome[] {
  const [verdict, after] = apply(model, move);
  const speaks = 'noisy' in move && move.noisy;
  if (!speaks) return [{ verdict, after }];
  // What changes nothing may have written something for a while, and been heard.
  return after === model ? [{ verdict, after }, ...unknown(model, after)] : unknown(model, after);
}

/** Committed or not: the caller cannot know. */
export const unknown = (before: Model, after: Model): Outcome[] => [
  { verdict: 'unknown', after },
  { verdict: 'unknown', after: before },
];

function apply(model: Model, move: Exclude<Move, { move: 'reap' }>): [Verdict, Model] {
  switch (move.move) {
    case 'ask':
      return reserve(model, move);
    case 'settle':
      return settle(model, move);
    case 'release':
      return [
        'done',
        model.requests[move.key]?.state === 'reserved' ? close(model, move.key, 0, 'failed') : model,
      ];
    case 'freeze':
    case 'thaw':
      return ['done', withAccount(model, move.account, { open: move.move === 'thaw' })];
    case 'cap': {
      const { spent, reserved } = model.accounts[move.account]!;
      // Lowering below what is spent or set aside is denied, never clamped.
      return spent + reserved > move.cap
        ? ['refused', model]
        : ['done', withAccount(model, move.account, { cap: move.cap })];
    }
  }
}

function reserve(model: Model, { key, body, amount, accounts, due }: Ask): [Verdict, Model] {
  if (model.requests[key]) return ['exists', model];
  const bears = (i: number) => {
    const { open, spent, reserved, cap } = model.accounts[i]!;
    return open && spent + reserved + amount <= cap;
  };
  if (!accounts.every(bears)) return ['exhausted', model];
  const request: ModelRequest = { body, amount, accounts, due, state: 'reserved', charged: 0 };
  return [
    'reserved',
    {
      accounts: model.accounts.map((account, i) =>
        accounts.includes(i) ? { ...account, reserved: account.reserved + amount } : account,
      ),
      requests: { ...model.requests, [key]: request },
    },
  ];
}

function settle(model: Model, { key, charge, failed }: Settle): [Verdict, Model] {
  const request = model.requests[key];
  if (request?.state !== 'reserved') return ['closed', model];
  const charged = charge ?? request.amount;
  if (charged > request.amount) return ['range', model];
  const after = close(model, key, charged, failed ? 'failed' : 'answered');
  const left = request.accounts.map((i) => {
    const { cap, spent, reserved } = after.accounts[i]!;
    return `${i}:${cap - spent - reserved}`;
  });
  return [`settled ${charged} of ${request.amount}, left ${left.sort().join(' ')}`, after];
}

/** What the reaper does to one reservation whose time is over: the full charge. */
export const chargeInFull = (model: Model, key: number): Model =>
  close(model, key, model.requests[key]!.amount, 'failed');

function close(model: Model, key: number, charged: number, state: 'answered' | 'failed'): Model {
  const request = model.requests[key]!;
  return {
    accounts: model.accounts.map((account, i) =>
      request.accounts.includes(i)
        ? { ...account, reserved: account.reserved - request.amount, spent: account.spent + charged }
        : account,
    ),
    requests: { ...model.requests, [key]: { ...request, state, charged } },
  };
}

function withAccount(model: Model, i: number, change: Partial<ModelAccount>): Model {
  return {
    ...model,
    accounts: model.accounts.map((account, at) => (at === i ? { ...account, ...change } : account)),
  };
}

/** What a retry of a request that stands is told. */
export function replayOf(request: ModelRequest, body: number): Verdict {
  if (request.body !== body) return 'conflict';
  if (request.state === 'failed') return `failed ${request.charged > 0 ? 'charged' : 'free'}`;
  return request.state;
}
