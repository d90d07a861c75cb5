import type { Assertion } from '../../src/model/assertion.ts';
import type { Level, Specification } from '../../src/model/specification.ts';
import { specificationOfId } from '../../src/judge/index.ts';

/** An assertion of which a test names what it is about; the rest is as plain as can be. */
export function assertionOf({ level = 'must', levels, ...named }: Partial<Assertion> & { id: string; level?: Level; levels?: Assertion['requirement']['levels'] }): Assertion {
  return {
    title: 'Title', kind: 'capability', fixture: 'access', gates: [], ignoring: 'nothing happens', steps: [],
    requirement: { specification: specificationOfId(named.id) as Specification, versions: ['v1alpha3'], level, source: 'Specification', text: 'Text', ...(levels ? { levels } : {}) },
    ...named,
  };
}
