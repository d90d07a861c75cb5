import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type Pair, type YAMLMap } from 'yaml';

/** A place in a file; both count from 1. */
export interface Position {
  line: number;
  column: number;
}

/** Where the parts of a YAML document stand in its text. */
export interface Positions {
  /** Of the value at a JSON pointer; of the nearest value around it where the pointer leads nowhere. */
  ofValue(pointer: string): Position;
  /** Of a key of the map at a JSON pointer; of the map where it has no such key. */
  ofKey(pointer: string, key: string): Position;
}

/** Parses a text again, by a parser that keeps positions. Only needed where something has to be pointed at. */
export function positionsIn(text: string): Positions {
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  const positionOf = (node: Node | null | undefined): Position => {
    const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  return {
    ofValue: (pointer) => positionOf(find(contents, pointer)),
    ofKey: (pointer, key) => {
      const map = find(contents, pointer);
      return positionOf((isMap(map) ? pairOf(map, key)?.key : undefined) as Node | undefined ?? map);
    },
  };
}

function find(root: Node | null, pointer: string): Node | null {
  let node = root;
  for (const token of pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))) {
    const next = isMap(node) ? pairOf(node, token)?.value : isSeq(node) ? node.items[Number(token)] : undefined;
    if (next === undefined || next === null) return node;
    node = next as Node;
  }
  return node;
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}
