import type { Toolkit } from '../../src/action/toolkit.ts';

/** A toolkit that notes what it is told, in order, as `name: text`. */
export interface Notes {
  toolkit: Toolkit;
  said: string[];
  outputs: Record<string, string>;
  /** The texts that one function was told. */
  told(name: keyof Toolkit): string[];
}

export function noteTaker(inputs: Record<string, string> = {}): Notes {
  const said: string[] = [];
  const outputs: Record<string, string> = {};
  const note = (name: keyof Toolkit) => (text: string | Error, properties?: { title?: string }): void => {
    said.push(`${name}: ${properties?.title === undefined ? '' : `[${properties.title}] `}${String(text)}`);
  };
  const toolkit: Toolkit = {
    getInput: (name) => inputs[name]?.trim() ?? '',
    setOutput: (name, value) => {
      outputs[name] = String(value);
    },
    setSecret: note('setSecret'),
    setFailed: note('setFailed'),
    error: note('error'),
    warning: note('warning'),
    notice: note('notice'),
    info: note('info'),
    debug: note('debug'),
    startGroup: note('startGroup'),
    endGroup: () => note('endGroup')(''),
  };
  return { toolkit, said, outputs, told: (name) => said.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2)) };
}
