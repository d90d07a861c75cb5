import { type Secret, takeSecret } from '../provider/secret.ts';
import { factOf, type InputName, inputNames } from './inputs.ts';

/** Secrets that a user gave, by the input that they belong to. */
export type Secrets = Partial<Record<InputName, Secret>>;

/** Takes the secrets out of the environment of a step; nothing that is started later, and no dump, has them. */
export function takeInputSecrets(environment: NodeJS.ProcessEnv): Secrets {
  return taken(inputNames.filter((name) => factOf(name).secret), (name) => takeSecret(environment, `INPUT_${name.toUpperCase()}`));
}

/** The variable by which a terminal gives a secret: arguments can be read by others on the machine. */
export function variableOf(name: InputName): string {
  return `SMI_CONFORMANCE_${name.toUpperCase()}`;
}

/** Takes the secrets out of the environment of a terminal. */
export function takeVariableSecrets(environment: NodeJS.ProcessEnv): Secrets {
  return taken(inputNames.filter((name) => factOf(name).only === 'environment'), (name) => takeSecret(environment, variableOf(name)));
}

function taken(names: readonly InputName[], take: (name: InputName) => Secret | undefined): Secrets {
  const found = names.map((name) => [name, take(name)] as const);
  return Object.fromEntries(found.filter(([, secret]) => secret !== undefined)) as Secrets;
}
