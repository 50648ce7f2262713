import type { Later, RuleDecision } from './answers.js';

/** "allocation.v5", or the name alone where it has no version. */
export const ruleName = ({ name, version }: RuleDecision['rule']): string => (version ? `${name} ${version}` : name);

/** Who took it back, when and why; absent: it stands. */
export const takenBack = (decision: RuleDecision): Later | undefined => decision.voided ?? decision.deallocated ?? decision.replaced;
