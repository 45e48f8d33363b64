export { demoQuestion } from '../../prisma/seed/scenarios/demo-question.ts';
