import type { Fault } from './fault.ts';
import { lenient } from './lenient.ts';

export const portsByNameTaken: Fault = {
  name: 'ports-by-name-taken',
  row: '+',
  title: 'The ports of a TCPRoute may be anything',
  seam: 'store',
  kills: ['traffic-specs/schema-ports-integer'],
  mayAffect: [],
  apply: (decisions) => ({ ...decisions, store: lenient(decisions.store, 'TCPRoute') }),
};
