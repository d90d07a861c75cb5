import type { Fault } from './fault.ts';
import { lenient } from './lenient.ts';

export const targetFieldsOptional: Fault = {
  name: 'target-fields-optional',
  row: '+',
  title: 'Nothing in a TrafficTarget is required',
  seam: 'store',
  kills: ['traffic-access/schema-subject-fields'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, store: lenient(decisions.store, 'TrafficTarget') }),
};
