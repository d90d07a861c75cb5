/** The names that a person is likely to have meant: those that differ from `wanted` by the fewest letters, and by no more than a third of them. At most three, nearest first. */
export function nearest(wanted: string, names: readonly string[]): string[] {
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  const near = [...new Set(names)].map((name) => ({ name, distance: editDistance(wanted.toLowerCase(), name.toLowerCase()) })).filter(({ distance }) => distance <= allowed);
  return near.toSorted((one, other) => one.distance - other.distance).slice(0, 3).map(({ name }) => name);
}

/** No name is longer; what is would only cost time. */
const longest = 100;

/** How many letters have to be inserted, deleted, replaced, or swapped with their neighbour to make one text of the other. */
export function editDistance(from: string, to: string): number {
  if (Math.max(from.length, to.length) > longest) return Infinity;
  let [beforeLast, last] = [[] as number[], Array.from({ length: to.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const steps = [at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1)];
      if (from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) steps.push(at(beforeLast, column - 2) + 1);
      current.push(Math.min(...steps));
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
