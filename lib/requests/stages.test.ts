import { expect, it } from 'vitest';
import { toStages } from './stages.ts';

it('turns the ends of stages into spans that follow each other', () => {
  expect(toStages({ dispatch: 120, reserve: 3, settle: 130 })).toEqual([
    { name: 'reserve', startMs: 0, endMs: 3 },
    { name: 'dispatch', startMs: 3, endMs: 120 },
    { name: 'settle', startMs: 120, endMs: 130 },
  ]);
});

it.each([{}, null, [], { reserve: 'soon' }, { reserve: -1 }])('reads %j as no stages', (stagesMs) => {
  expect(toStages(stagesMs)).toEqual([]);
});
