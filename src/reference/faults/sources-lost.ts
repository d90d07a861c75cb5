import type { Subject, TrafficTarget } from '../dataplane/model.ts';
import type { Fault } from './fault.ts';
import { behindAccess, behindPath } from './reach.ts';

/** Whoever calls. */
const anybody: Subject = { kind: 'ServiceAccount', namespace: '', name: '' };

export const sourcesLost: Fault = {
  name: 'sources-lost',
  row: '+',
  title: 'Once a TrafficTarget was deleted, those that come later let anybody in',
  seam: 'authorise',
  served: { access: ['v1alpha4'] },
  kills: ['traffic-access/unlisted-source-denied', 'traffic-access/serviceaccount-kind-still-valid'],
  mayAffect: [...behindAccess, ...behindPath, 'traffic-split/access-split-*'],
  apply(decisions) {
    // All, until one is deleted; of those then, the ones that are still there.
    let rightful = new Set<string>();
    let wasDeleted = false;
    return {
      ...decisions,
      grants(targets, layers) {
        const now = new Set(targets.map(keyOf));
        const left = [...rightful].filter((key) => now.has(key));
        wasDeleted ||= left.length < rightful.size;
        rightful = wasDeleted ? new Set(left) : now;
        return decisions.grants(targets.map((target) => (rightful.has(keyOf(target)) ? target : { ...target, sources: [anybody] })), layers);
      },
      names: (subject, peer, end, binding) => subject === anybody || decisions.names(subject, peer, end, binding),
    };
  },
};

function keyOf({ namespace, name }: TrafficTarget): string {
  return `${namespace}/${name}`;
}
