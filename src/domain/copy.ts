const { isArray } = Array;
const { keys } = Object;

/**
 * A copy of plain data, all the way down: objects and arrays anew, what is neither as it is. Several times as fast as
 * `structuredClone`, which can hold more: bytes, dates and maps are not for this one.
 */
export function copyOf<Data>(data: Data): Data {
  return copied(data) as Data;
}

function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isArray(value)) return value.map(copied);
  const copy: Record<string, unknown> = { ...value };
  for (const key of keys(copy)) {
    const inner = copy[key];
    if (typeof inner === 'object' && inner !== null) copy[key] = copied(inner);
  }
  return copy;
}
