/**
 * What a program that is started here may see of this process's environment. Everything else stays out, and so do tokens, the
 * inputs of the action and the runner's own variables, whose names nobody could list in full.
 */
const allowed: readonly RegExp[] = [
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR)$/,
  /^(HTTP|HTTPS|NO|ALL|FTP)_PROXY$/i,
  /^SSL_CERT_(FILE|DIR)$/,
  /^XDG_(RUNTIME_DIR|CONFIG_HOME|CACHE_HOME|DATA_HOME)$/,
  /^DOCKER_(HOST|CONTEXT|CONFIG|CERT_PATH|TLS_VERIFY|API_VERSION|DEFAULT_PLATFORM)$/,
  /^MINIKUBE_HOME$/,
  /^HELM_(CACHE|CONFIG|DATA)_HOME$/,
];

/** The allowed part of an environment. `KUBECONFIG` is not in it: which cluster a program works on is said outright. */
export function allowedOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined && allowed.some((pattern) => pattern.test(entry[0]))));
}
