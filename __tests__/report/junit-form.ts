import type { Element } from './xml.ts';

/** What may stand in an element: by attribute whether it is required and what it looks like, by child how often. */
interface Form {
  attributes: Record<string, { required?: true; like?: RegExp }>;
  children: Record<string, { most?: number }>;
  text?: true;
}

const count = { required: true, like: /^\d+$/ } as const;
const time = { like: /^\d+\.\d{3}$/ };
const outcome: Form = { attributes: { type: {}, message: {} }, children: {}, text: true };
const output: Form = { attributes: {}, children: {}, text: true };

/**
 * JUnit XML as continuous integration reads it: the strictest of the readers that are in use, Jenkins' xUnit, with what others ask for on top: a class name for
 * each case (GitLab, Azure), a time stamp without a zone (Ant), at most one outcome a case.
 */
const forms: Record<string, Form> = {
  testsuites: { attributes: { name: {}, time, tests: count, failures: count, errors: count }, children: { testsuite: {} } },
  testsuite: {
    attributes: { name: { required: true, like: /./ }, tests: count, failures: count, errors: count, skipped: { like: /^\d+$/ }, time, timestamp: { like: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/ } },
    children: { properties: { most: 1 }, testcase: {} },
  },
  properties: { attributes: {}, children: { property: {} } },
  property: { attributes: { name: { required: true, like: /./ }, value: { required: true } }, children: {} },
  testcase: { attributes: { name: { required: true, like: /./ }, classname: { required: true, like: /./ }, time: { required: true, ...time } }, children: { failure: { most: 1 }, error: { most: 1 }, skipped: { most: 1 }, 'system-out': { most: 1 } } },
  failure: outcome,
  error: outcome,
  skipped: outcome,
  'system-out': output,
};

/** Where a document is not of that form; empty where it is. */
export function problemsOf(root: Element): string[] {
  return [...(root.name === 'testsuites' ? [] : [`the root is ${root.name}`]), ...inElement(root, root.name)];
}

function inElement({ name, attributes, children, text }: Element, path: string): string[] {
  const form = forms[name];
  if (form === undefined) return [`${path} is not known`];
  const names = children.map((child) => child.name);
  return [
    ...Object.keys(attributes).filter((one) => !(one in form.attributes)).map((one) => `${path} has ${one}, which is not known`),
    ...Object.entries(form.attributes).flatMap(([one, { required, like = /[^]*/ }]) => {
      const value = attributes[one];
      if (value === undefined) return required ? [`${path} has no ${one}`] : [];
      return like.test(value) ? [] : [`${path} has ${one}="${value}"`];
    }),
    ...[...new Set(names)].flatMap((one) => {
      const allowed = form.children[one];
      if (allowed === undefined) return [`${path} holds ${one}`];
      return names.filter((other) => other === one).length > (allowed.most ?? Infinity) ? [`${path} holds ${one} more than once`] : [];
    }),
    ...(name === 'testcase' && names.filter((one) => one !== 'system-out').length > 1 ? [`${path} has more than one outcome`] : []),
    ...(name === 'testsuite' && names.indexOf('properties') > 0 ? [`${path} has its properties behind its cases`] : []),
    ...(form.text || text.trim() === '' ? [] : [`${path} holds text`]),
    ...children.flatMap((child) => inElement(child, `${path}/${child.attributes['name'] ?? child.name}`)),
  ];
}
