import { randomUUID } from 'node:crypto';
import type { KubeObject } from '../../cluster/port.ts';
import type { ResourceKind } from './kinds.ts';

/** The CustomResourceDefinition of an SMI kind, as it reads once an API server has taken it in. */
export function definitionOf(kind: ResourceKind, since: string, isEstablished: boolean): KubeObject {
  const names = { kind: kind.kind, listKind: `${kind.kind}List`, plural: kind.plural, singular: kind.kind.toLowerCase(), shortNames: [...kind.shortNames] };
  const storage = kind.versions.at(-1);
  const condition = (type: string, holds: boolean, reason: string, message: string): object => ({ type, status: holds ? 'True' : 'False', reason, message, lastTransitionTime: since });
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${kind.plural}.${kind.group}`, uid: randomUUID(), generation: 1, creationTimestamp: since },
    spec: {
      group: kind.group,
      names,
      scope: 'Namespaced',
      versions: Object.entries(kind.schemas ?? {}).map(([name, openAPIV3Schema]) => ({
        name, served: kind.versions.includes(name), storage: name === storage, schema: { openAPIV3Schema },
      })),
    },
    status: {
      acceptedNames: names,
      storedVersions: [storage],
      conditions: [
        condition('NamesAccepted', true, 'NoConflicts', 'no conflicts found'),
        isEstablished
          ? condition('Established', true, 'InitialNamesAccepted', 'the initial names have been accepted')
          : condition('Established', false, 'Installing', 'the initial names have been accepted, but the definition is not served everywhere yet'),
      ],
    },
  };
}
