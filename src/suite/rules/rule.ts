import type { Assertion } from '../../model/assertion.ts';
import type { Fixture } from '../../model/fixture.ts';
import { homeOf } from '../../fixture/names.ts';
import { conditionsOf, follow, type Followed, stepsWhere } from '../follow.ts';

/** Something wrong in a file, by the JSON pointer of what is wrong. */
export interface Flaw {
  pointer: string;
  message: string;
}

/** An assertion whose fixture is known; absent for `fixture: none`. */
export interface Subject {
  assertion: Assertion;
  fixture: Fixture | undefined;
}

export type Rule = (subject: Subject) => Flaw[];

/** Makes a rule about the steps hold whatever a mesh offers: all of them, and without those that each single part of a specification brings. */
export function inEveryForm(check: (steps: Followed[], subject: Subject) => Flaw[]): Rule {
  return (subject) => {
    const forms = [undefined, ...conditionsOf(subject.assertion)].map((missing) => stepsWhere(subject.assertion.steps, (feature) => feature !== missing));
    return forms.flatMap((steps) => check(follow(steps, homeNamespace(subject)), subject));
  };
}

/** The namespace of everything that names none; without a fixture nothing is written. */
export function homeNamespace({ fixture }: Subject): string {
  return fixture === undefined ? '' : homeOf(fixture);
}

/** A patch repeats the object that it changes, and with it what is wrong there: once is enough. */
export function withoutRepeats(flaws: readonly Flaw[]): Flaw[] {
  return flaws.filter(({ pointer, message }, at) => !pointer.includes('/patch') || flaws.findIndex((other) => other.message === message) === at);
}

/** `a, b and c` */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
