import type { ObjectMeta } from '../../cluster/port.ts';

/** How names of a kind must look: a DNS-1123 subdomain (most kinds), a DNS-1123 label (namespaces), a DNS-1035 label (Services). */
export type NameRule = 'subdomain' | 'label' | 'service';

/** What is wrong with an object's name and labels, in an API server's words. */
export function problemsOfMetadata(metadata: ObjectMeta, rule: NameRule, namespaced: boolean): string[] {
  return [
    ...(metadata.name ? problemsOfName('metadata.name', metadata.name, rule) : ['metadata.name: Required value: name or generateName is required']),
    ...(!namespaced && metadata.namespace !== undefined ? ['metadata.namespace: Forbidden: not allowed on this type'] : []),
    ...problemsOfLabels('metadata.labels', metadata.labels ?? {}),
  ];
}

/** What is wrong with a name that must follow a rule. */
export function problemsOfName(path: string, name: string, rule: NameRule): string[] {
  const { pattern, longest, words } = rules[rule];
  const invalid = (because: string): string => `${path}: Invalid value: ${JSON.stringify(name)}: ${because}`;
  if (rule === 'label' && name.includes('.')) return [invalid('must not contain dots')];
  return [
    ...(name.length > longest ? [invalid(`must be no more than ${longest} characters`)] : []),
    ...(new RegExp(`^${pattern}$`).test(name) ? [] : [invalid(`${words}, regex used for validation is '${pattern}')`)]),
  ];
}

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const rules: Record<NameRule, { pattern: string; longest: number; words: string }> = {
  subdomain: {
    pattern: `${label}(\\.${label})*`, longest: 253,
    words: "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com'",
  },
  label: {
    pattern: label, longest: 63,
    words: "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc'",
  },
  service: {
    pattern: '[a-z]([-a-z0-9]*[a-z0-9])?', longest: 63,
    words: "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123'",
  },
};

const labelName = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const labelValue = '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?';

/** What is wrong with a map of labels. */
export function problemsOfLabels(path: string, labels: Record<string, string>): string[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...problemsOfKey(key).map((because) => `${path}: Invalid value: ${JSON.stringify(key)}: ${because}`),
    ...problemsOfValue(value).map((because) => `${path}: Invalid value: ${JSON.stringify(value)}: ${because}`),
  ]);
}

function problemsOfKey(key: string): string[] {
  const slash = key.indexOf('/');
  const prefix = key.slice(0, Math.max(slash, 0));
  const name = key.slice(slash + 1);
  if (slash >= 0 && !new RegExp(`^${rules.subdomain.pattern}$`).test(prefix)) return [`prefix part ${rules.subdomain.words}, regex used for validation is '${rules.subdomain.pattern}')`];
  if (name.length > 63) return ['name part must be no more than 63 characters'];
  if (new RegExp(`^${labelName}$`).test(name)) return [];
  return [`name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${labelName}')`];
}

function problemsOfValue(value: string): string[] {
  if (value.length > 63) return ['must be no more than 63 characters'];
  if (new RegExp(`^${labelValue}$`).test(value)) return [];
  return [`a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${labelValue}')`];
}
