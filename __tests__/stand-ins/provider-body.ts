/** What a results provider finds wrong with a result, in the order in which it looks; written from the contract alone, not from our schema. */
export function problemsOf(body: unknown, naming: 'snake_case' | 'camelCase'): string[] {
  const spelt = (snake: string): string => (naming === 'snake_case' ? snake : snake.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase()));
  if (!isRecord(body)) return ['not an object'];
  const fields = ['id', 'date', 'mesh_name', 'mesh_version', 'cases_passed', 'passing_percentage', 'status', 'more_details'].map(spelt);
  const details = body[spelt('more_details')];
  const text = (key: string): string => String(body[spelt(key)]);
  return [
    ...unknownIn(body, fields),
    ...fields.filter((field) => field !== spelt('more_details') && typeof body[field] !== 'string').map((field) => `${field} is no text`),
    ...(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text('id')) ? [] : ['id is no UUID']),
    ...(Number.isNaN(Date.parse(text('date'))) ? ['date is no date'] : []),
    ...(/^[A-Z][a-z]+( [A-Z][a-z]+)*$/.test(text('mesh_name')) ? [] : ['mesh_name is not in title case']),
    ...(/^\d+$/.test(text('cases_passed')) ? [] : ['cases_passed is no number']),
    ...(/^\d+\.\d\d$/.test(text('passing_percentage')) ? [] : ['passing_percentage has not two decimals']),
    ...(text('status') === 'completed' ? [] : ['status is not completed']),
    ...(Array.isArray(details) ? detailProblems(details, spelt) : ['more_details is no list']),
  ];
}

function detailProblems(details: unknown[], spelt: (snake: string) => string): string[] {
  const fields = ['smi_specification', 'smi_version', 'time', 'assertions', 'result', 'reason', 'capability', 'status'].map(spelt);
  const names = details.map((detail) => (isRecord(detail) ? String(detail[spelt('smi_specification')]) : ''));
  return [
    ...(names.join() === 'traffic-access,traffic-split,traffic-spec' ? [] : [`more_details has ${names.join()}`]),
    ...details.flatMap((detail) => {
      if (!isRecord(detail)) return ['a detail is no object'];
      return [
        ...unknownIn(detail, fields),
        ...Object.entries(detail).filter(([, value]) => typeof value !== 'string' || value === '').map(([key]) => `${key} is no text`),
        ...(/^[^/]+\/[^/]+$/.test(String(detail[spelt('smi_version')])) ? [] : ['smi_version has not a release and a version']),
        ...(['FULL', 'HALF', 'NONE'].includes(String(detail['capability'])) ? [] : ['capability is not known']),
        ...([undefined, 'PASSED', 'FAILED'].includes(detail['status'] as undefined) ? [] : ['status is not known']),
      ];
    }),
  ];
}

function unknownIn(record: Record<string, unknown>, fields: readonly string[]): string[] {
  return Object.keys(record).filter((key) => !fields.includes(key)).map((key) => `${key} is not known`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
