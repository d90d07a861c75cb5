import type { KubeObject } from '../../../cluster/port.ts';
import type { IdentityBinding, Rule, Subject, TrafficTarget } from '../model.ts';
import { fields, list, namesOf, text, textMap, texts, versionOf } from './fields.ts';

/** A TrafficTarget of any version: v1alpha1 has its parts at the top and calls its rules `specs`; only it and v1alpha2 have a port. */
export function decodeTrafficTarget(object: KubeObject): TrafficTarget {
  const version = versionOf(object);
  const spec = version === 'v1alpha1' ? object : fields(object['spec']);
  const names = namesOf(object);
  const destination = fields(spec['destination']);
  const port = version === 'v1alpha1' || version === 'v1alpha2' ? destination['port'] : undefined;
  return {
    ...names,
    destination: decodeSubject(destination, names.namespace),
    ...(typeof port === 'number' && { port }),
    rules: list(version === 'v1alpha1' ? spec['specs'] : spec['rules']).map(decodeRule),
    sources: list(spec['sources']).map((source) => decodeSubject(source, names.namespace)),
  };
}

/** An IdentityBinding (access v1alpha4). */
export function decodeIdentityBinding(object: KubeObject): IdentityBinding {
  const { podLabelSelector, serviceAccount, spiffeIdentities } = fields(fields(object['spec'])['schemes']);
  const matchLabels = textMap(fields(podLabelSelector)['matchLabels']);
  return {
    ...namesOf(object),
    // A selector that names no label would pick every pod; nobody asks for that by leaving something out.
    ...(Object.keys(matchLabels).length > 0 && { matchLabels }),
    ...(text(serviceAccount) !== '' && { serviceAccount: text(serviceAccount) }),
    spiffeIdentities: texts(spiffeIdentities),
  };
}

/** A subject without a namespace is of the TrafficTarget's own. */
function decodeSubject(value: unknown, home: string): Subject {
  const { kind, name, namespace } = fields(value);
  return { kind: text(kind), name: text(name), namespace: text(namespace) || home };
}

/** An empty list of matches is, as everywhere in Kubernetes, no list. */
function decodeRule(value: unknown): Rule {
  const { kind, name, matches } = fields(value);
  return { kind: text(kind), name: text(name), ...(texts(matches).length > 0 && { matches: texts(matches) }) };
}
