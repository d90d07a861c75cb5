import { specificationOf } from '../../model/specification.ts';
import { lesserWishesOf, wishesOf } from '../wishes.ts';
import { type Flaw, inEveryForm, type Rule } from './rule.ts';

/** A change that nothing looks at shows nothing. */
export const endsLooking = inEveryForm((steps) => {
  const last = steps.at(-1);
  const isWrite = last !== undefined && ['apply', 'patch', 'delete', 'start', 'restart', 'scale', 'hold'].some((verb) => verb in last.step);
  return isWrite ? [{ pointer: `/steps/${last.index}`, message: 'the last step looks at nothing, so the change shows nothing: observe, or look at traffic, after it' }] : [];
});

/** An assertion is of the kind that it says, and has something to show for itself. */
export const shape: Rule = ({ assertion }) => {
  const { kind, steps, ignoring, fixture, requirement, exclusive } = assertion;
  const placed = steps.map((step, index) => ({ index, step }));
  const traffic = placed.filter((step) => wishesOf(step).length + lesserWishesOf(step).length > 0);
  // Whether an object that the server may take is of any effect can only be seen by traffic.
  const isInertness = steps.some((step) => 'try' in step || ('rejected' in step && step.otherwise !== undefined));
  const definitions = placed.filter(({ step }) => 'observe' in step && 'definition' in step.observe);
  const measures = placed.filter(({ step }) => 'measure' in step && step.measure.read?.api === undefined);
  const ofApi = placed.filter(({ step }) => 'measure' in step && step.measure.read?.api !== undefined);
  const flaws: Flaw[] = [];
  if (ignoring.trim() === '') flaws.push({ pointer: '/ignoring', message: 'says nothing: what would a mesh that ignores the resources show?' });
  if (kind === 'presence' && traffic[0] !== undefined && !isInertness) flaws.push({ pointer: `/steps/${traffic[0].index}`, message: 'a presence assertion looks at no traffic: make it a capability' });
  if (kind === 'capability' && traffic.length + measures.length === 0) flaws.push({ pointer: '/kind', message: 'a capability looks at traffic, and no step does: make it a presence assertion' });
  if (definitions.length > 0 && definitions.length < steps.length) flaws.push({ pointer: `/steps/${definitions[0]?.index}`, message: 'an assertion about a definition has no other steps: it runs where the definition is claimed, served or not' });
  if (definitions.length > 0 && fixture !== 'none') flaws.push({ pointer: '/fixture', message: 'a definition is seen without a fixture: write none' });
  if (ofApi.length > 0 && ofApi.length < steps.length) flaws.push({ pointer: `/steps/${ofApi[0]?.index}`, message: 'an assertion about the metrics API itself has no other steps: it runs where the API is claimed, served or not' });
  if (definitions.length + ofApi.length < steps.length && fixture === 'none') flaws.push({ pointer: '/fixture', message: 'without a fixture only definitions, and the metrics API itself, can be observed' });
  if (exclusive === true && fixture === 'none') flaws.push({ pointer: '/exclusive', message: 'what only asks the API server is felt by nobody: it needs not run alone' });
  for (const { index, step } of definitions) {
    if (!('observe' in step) || !('definition' in step.observe)) continue;
    const owner = specificationOf[step.observe.definition];
    if (owner !== requirement.specification) flaws.push({ pointer: `/steps/${index}/observe/definition`, message: `${step.observe.definition} belongs to ${owner}, not to ${requirement.specification}` });
  }
  return flaws;
};
