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
    let known = new Set<string>();
    let wasDeleted = false;
    const open = new Set<string>();
    return {
      ...decisions,
      grants(targets, layers) {
        const now = new Set(targets.map(keyOf));
        const gone = [...known].filter((key) => !now.has(key));
        wasDeleted ||= gone.length > 0;
        for (const key of gone) open.delete(key);
        if (wasDeleted) for (const key of now) if (!known.has(key)) open.add(key);
        known = now;
        return decisions.grants(targets.map((target) => (open.has(keyOf(target)) ? { ...target, sources: [anybody] } : target)), layers);
      },
      names: (subject, peer, end, binding) => subject === anybody || decisions.names(subject, peer, end, binding),
    };
  },
};

function keyOf({ namespace, name }: TrafficTarget): string {
  return `${namespace}/${name}`;
}
