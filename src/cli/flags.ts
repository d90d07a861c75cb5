import { factOf, type InputName } from '../door/inputs.ts';
import { variableOf } from '../door/secrets.ts';

/** How an input is spelt in a terminal: a flag, or the variable that holds a secret. */
export function flagOf(name: InputName | 'fault'): string {
  return name !== 'fault' && factOf(name).only === 'environment' ? variableOf(name) : `--${name.replaceAll('_', '-')}`;
}
