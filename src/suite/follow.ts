import type { Assertion, Named, Resource, Step } from '../model/assertion.ts';
import { mergePatch } from './merge-patch.ts';

/** A step and its place in the file, which is kept when others are left out. */
export interface Placed {
  index: number;
  step: Step;
}

/** A resource as a step writes it, whole; what a patch does not mention is taken from the step that it patches. */
export interface Written {
  resource: Resource;
  /** JSON pointer of the resource in the assertion's file. */
  pointer: string;
}

/** A step, what it writes, and which objects are there before and after it. */
export interface Followed extends Placed {
  writes: Written[];
  before: ReadonlyMap<string, Resource>;
  after: ReadonlyMap<string, Resource>;
}

/** The steps that are left where only some parts of the specifications are offered. */
export function stepsWhere(steps: readonly Step[], isOffered: (feature: string) => boolean): Placed[] {
  return steps.map((step, index) => ({ index, step })).filter(({ step }) => (step.whereOffered ?? []).every(isOffered));
}

/** Follows the objects of an assertion through its steps; `home` is the namespace of those that name none. What is `rejected` never becomes an object. Pure. */
export function follow(steps: readonly Placed[], home: string): Followed[] {
  let objects: ReadonlyMap<string, Resource> = new Map();
  return steps.map(({ index, step }) => {
    const before = objects;
    const after = new Map(before);
    const writes = writesOf(step, index, before, home);
    if (!('rejected' in step)) for (const { resource } of writes) after.set(keyOf(resource, home), resource);
    if ('delete' in step) for (const named of step.delete) after.delete(keyOf(named, home));
    objects = after;
    return { index, step, writes, before, after };
  });
}

/** Whether a step changes objects, or may: what is `rejected` must not. */
export function isWrite(step: Step): boolean {
  return 'apply' in step || 'patch' in step || 'delete' in step || 'try' in step;
}

/** The parts of the specifications that steps ask for by `whereOffered`. */
export function conditionsOf({ steps }: Pick<Assertion, 'steps'>): string[] {
  return [...new Set(steps.flatMap(({ whereOffered = [] }) => whereOffered))];
}

/** Tells objects of one assertion apart. */
export function keyOf({ kind, namespace, name }: Named, home: string): string {
  return `${kind} ${namespace ?? home}/${name}`;
}

function writesOf(step: Step, index: number, before: ReadonlyMap<string, Resource>, home: string): Written[] {
  if ('apply' in step) return step.apply.map((resource, at) => ({ resource, pointer: `/steps/${index}/apply/${at}` }));
  if ('try' in step) return step.try.map((resource, at) => ({ resource, pointer: `/steps/${index}/try/${at}` }));
  if ('rejected' in step) return step.rejected.map((resource, at) => ({ resource, pointer: `/steps/${index}/rejected/${at}` }));
  if (!('patch' in step)) return [];
  const patched = before.get(keyOf(step.patch, home));
  if (patched === undefined) return [];
  return [{ resource: { ...patched, spec: mergePatch(patched.spec, step.patch.spec) as Record<string, unknown> }, pointer: `/steps/${index}/patch` }];
}
