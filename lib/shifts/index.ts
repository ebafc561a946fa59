/** Shifts of traffic by plan: a pure state machine over what a TrafficShift asks for. See docs/shifts.md. */
export { CONTROL_OBSTACLES, controlObstacle, controlRefusal } from './controls';
export type { ControlObstacle } from './controls';
export type { Effect, Transition } from './effects';
export type { MeasurePort, MetricAnswer, Question, Sample, ShareAnswer } from './measure';
export { nodeName, pairIn, planWeights, stepsOf } from './plan';
export type { PlannedStep } from './plan';
export { policyOf } from './policy';
export { SAID_CODES } from './said';
export type { Said, SaidCode } from './said';
export { specProblems } from './problems';
export type { SpecProblem } from './problems';
export * from './spec';
export * from './status';
export { transition } from './transition';
export * from './world';
