import type { KubeObject } from '../../cluster/port.ts';
import type { Fault } from './fault.ts';

export const ruleMatchesPruned: Fault = {
  name: 'rule-matches-pruned',
  row: '+',
  title: 'The matches that a rule names are dropped when a TrafficTarget is stored',
  seam: 'store',
  kills: ['traffic-access/traffictarget-roundtrip'],
  mayAffect: [
    'traffic-access/rule-matches-subset', 'traffic-specs/shared-group', 'traffic-access/additive-targets', 'traffic-access/additive-overlap',
    'traffic-access/update-rules', 'traffic-access/empty-lists-inert', 'traffic-access/dangling-match-denied',
    'traffic-access/traffictarget-delete',
  ],
  apply: (decisions) => ({ ...decisions, store: { ...decisions.store, keep: (object) => withoutMatches(decisions.store.keep(object)) } }),
};

function withoutMatches(object: KubeObject): KubeObject {
  if (object.kind !== 'TrafficTarget') return object;
  const spec = object['spec'] as { rules?: { kind: string; name: string }[] };
  return { ...object, spec: { ...spec, ...(spec.rules !== undefined && { rules: spec.rules.map(({ kind, name }) => ({ kind, name })) }) } };
}
