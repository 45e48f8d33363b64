import { describe, expect, it } from 'vitest';
import { MAX_EVENTS, MAX_KINDS, parseCases } from './case-file.ts';

const gaussian = { type: 'gaussian', noise_multiplier: 2, count: 3 };
const inCase = (events: unknown[], rest: object = {}) => ({ events, delta: 1e-5, ...rest });

describe('parseCases', () => {
  it('reads the three forms alike', () => {
    const one = inCase([gaussian]);
    const expected = [
      { id: '0', adjacency: 'add_or_remove_one', delta: 1e-5, events: [gaussian], orders: undefined },
    ];
    expect(parseCases(one)).toEqual(expected);
    expect(parseCases([one])).toEqual(expected);
    expect(parseCases({ cases: [one], meta: {} })).toEqual(expected);
  });

  it('counts equal events together, whatever the order of their fields', () => {
    const [parsed] = parseCases(inCase([gaussian, { count: 4, noise_multiplier: 2, type: 'gaussian' }]));
    expect(parsed!.events).toEqual([{ ...gaussian, count: 7 }]);
  });

  it('reads a million equal events as one', () => {
    const [parsed] = parseCases(inCase(Array.from({ length: MAX_EVENTS }, () => gaussian)));
    expect(parsed!.events).toEqual([{ ...gaussian, count: 3 * MAX_EVENTS }]);
  });

  it('reads past the answers of reference cases', () => {
    const columns = {
      family: 'gaussian',
      note: 'n',
      rdp: { epsilon: 1 },
      pld: null,
      exact_gaussian_epsilon: 1,
    };
    expect(parseCases(inCase([gaussian], columns))).toEqual(parseCases(inCase([gaussian])));
  });

  const manyOrders = Array.from({ length: 1000 }, (_, i) => 9000 + i);
  const sampled = (i: number) => ({ type: 'poisson_gaussian', q: 0.01, noise_multiplier: 1 + i });
  const refused: [string, unknown, RegExp][] = [
    ['no cases', { cases: [] }, /^cases must hold from 1 to/],
    ['cases that are no list', { cases: 3 }, /^cases must be a list/],
    ['text', 'x', /^The file must hold/],
    ['nothing', null, /^The file must hold/],
    ['a case that is no object', { cases: [3] }, /^cases\[0\] must be an object/],
    ['a list of events', [gaussian, gaussian], /^cases must be a list of cases, .*"events".*"delta"/],
    ['a list of events as cases', { cases: [gaussian] }, /^cases must be a list of cases, .*"events"/],
    [
      'a misspelt field',
      [inCase([gaussian], { adjecency: 'replace_one' })],
      /^cases\[0\]\.adjecency is no field/,
    ],
    [
      'an id twice',
      [inCase([gaussian], { id: 'a' }), inCase([gaussian], { id: 'b' }), inCase([gaussian], { id: 'a' })],
      /^cases\[2\]\.id is "a", and so is that of cases\[0\]$/,
    ],
    [
      'an id that another case has by its place',
      [inCase([gaussian], { id: '1' }), inCase([gaussian])],
      /^cases\[1\]\.id is "1"/,
    ],
    [
      'an order beyond the largest',
      inCase([gaussian], { orders: [10_001] }),
      /^orders\[0\] must be at most 10000/,
    ],
    [
      'orders that take minutes',
      inCase(
        Array.from({ length: 20 }, (_, i) => sampled(i)),
        { orders: manyOrders },
      ),
      /^orders must be fewer or smaller/,
    ],
    ['no events', inCase([]), /^events must be at least 1 items long/],
    ['events missing', [{ delta: 1e-5 }], /^cases\[0\]\.events is missing/],
    ['delta missing', { events: [gaussian] }, /^delta is missing/],
    ['delta 0', inCase([gaussian], { delta: 0 }), /^delta must be more than 0/],
    [
      'delta 1',
      { cases: [inCase([gaussian]), inCase([gaussian], { delta: 1 })] },
      /^cases\[1\]\.delta must be less than 1/,
    ],
    ['delta as text', inCase([gaussian], { delta: '1e-5' }), /^delta must be a finite number/],
    ['delta not a number', inCase([gaussian], { delta: Number.NaN }), /^delta must be a finite number/],
    [
      'another adjacency',
      inCase([gaussian], { adjacency: 'swap' }),
      /^adjacency must be one of add_or_remove_one, replace_one/,
    ],
    ['an order of 1', inCase([gaussian], { orders: [2, 1] }), /^orders\[1\] must be more than 1/],
    [
      'an unknown event',
      inCase([gaussian, { type: 'gausian' }]),
      /^events\[1\]\.type must be one of gaussian, /,
    ],
    ['an event without type', inCase([{}]), /^events\[0\]\.type must be one of/],
    ['a null event', inCase([null]), /^events\[0\] must be an object/],
    [
      'negative noise',
      inCase([{ ...gaussian, noise_multiplier: -1 }]),
      /^events\[0\]\.noise_multiplier must be at least 0\.1/,
    ],
    [
      'noise that is not a number',
      inCase([{ ...gaussian, noise_multiplier: Number.NaN }]),
      /^events\[0\]\.noise_multiplier must be a finite number/,
    ],
    [
      'infinite noise',
      inCase([{ ...gaussian, noise_multiplier: Number.POSITIVE_INFINITY }]),
      /^events\[0\]\.noise_multiplier must be/,
    ],
    [
      'noise below the floor',
      inCase([{ ...gaussian, noise_multiplier: 0.09 }]),
      /^events\[0\]\.noise_multiplier must be at least 0\.1/,
    ],
    [
      'a lattice sigma below the floor',
      inCase([{ type: 'discrete_gaussian', sigma: 0.2, sensitivity: 1 }]),
      /^events\[0\]\.sigma must be at least 0\.25/,
    ],
    [
      'a sigma far below the sensitivity',
      inCase([{ type: 'discrete_gaussian', sigma: 1, sensitivity: 20 }]),
      /^events\[0\]\.sigma must be at least 0\.1 times/,
    ],
    ['half a run', inCase([{ ...gaussian, count: 0.5 }]), /^events\[0\]\.count must be a whole number/],
    ['no run', inCase([{ ...gaussian, count: 0 }]), /^events\[0\]\.count must be at least 1/],
    [
      'a rate above 1',
      inCase([{ type: 'poisson_gaussian', q: 1.1, noise_multiplier: 1 }]),
      /^events\[0\]\.q must be at most 1/,
    ],
    ['a misspelt parameter', inCase([{ type: 'zcdp', rho: 1, xo: 1 }]), /^events\[0\]\.xo is no parameter/],
    ['negative rho', inCase([{ type: 'zcdp', rho: -1 }]), /^events\[0\]\.rho must be at least 0/],
    [
      'an event delta of 1',
      inCase([{ type: 'epsilon_delta', epsilon: 1, delta: 1 }]),
      /^events\[0\]\.delta must be less than 1/,
    ],
    [
      'Laplace when a record is replaced',
      inCase([{ type: 'laplace', noise_multiplier: 1 }], { adjacency: 'replace_one' }),
      /^events\[0\] of type laplace is valid under adjacency add_or_remove_one only/,
    ],
    [
      'a record that is not there answering',
      inCase([{ type: 'randomized_response', noise_parameter: 0.5, num_buckets: 2 }]),
      /^events\[0\] of type randomized_response is valid under adjacency replace_one only/,
    ],
    [
      'too many events',
      inCase(Array.from({ length: MAX_EVENTS + 1 }, () => gaussian)),
      /^events must be at most 1000000 items long/,
    ],
    [
      'too many kinds',
      inCase(Array.from({ length: MAX_KINDS + 1 }, (_, i) => ({ type: 'zcdp', rho: i }))),
      /^events must be of at most 256 different kinds/,
    ],
    [
      'too many runs',
      inCase([{ ...gaussian, count: 1e9 }, gaussian]),
      /^events must count at most 1000000000 runs/,
    ],
  ];

  it.each(refused)('refuses %s', (_what, content, message) => {
    expect(() => parseCases(content)).toThrow(RangeError);
    expect(() => parseCases(content)).toThrow(message);
  });
});
