import type { Condition } from './condition.ts';
import { CARDIOLOGY } from './conditions/cardiology.ts';
import { ENDOCRINOLOGY } from './conditions/endocrinology.ts';
import { GASTROENTEROLOGY } from './conditions/gastroenterology.ts';
import { INTERNAL_MEDICINE } from './conditions/internal-medicine.ts';
import { NEUROLOGY } from './conditions/neurology.ts';
import { ONCOLOGY } from './conditions/oncology.ts';
import { PULMONOLOGY } from './conditions/pulmonology.ts';
import { UROLOGY } from './conditions/urology.ts';

export type { Condition };

/** Every diagnosis the made-up hospitals see, by department. */
export const CONDITIONS: readonly Condition[] = [
  ...CARDIOLOGY,
  ...PULMONOLOGY,
  ...ENDOCRINOLOGY,
  ...GASTROENTEROLOGY,
  ...NEUROLOGY,
  ...UROLOGY,
  ...ONCOLOGY,
  ...INTERNAL_MEDICINE,
];
