/** A page and the same as plain data, which becomes JSON and YAML. */
export interface Made {
  path: string;
  html: string;
  data?: unknown;
}
