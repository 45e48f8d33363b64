/** A question that the demo's records answer clearly. The first label is the right one; all are names the records use. */
export const demoQuestion = {
  prompt:
    '58-year-old with crushing chest pain radiating to the left arm, sweating and nausea for one hour. What is the most likely diagnosis?',
  labels: ['Acute myocardial infarction', 'Pulmonary embolism', 'Pneumonia', 'Reflux disease'],
};
