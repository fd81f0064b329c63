/**
 * Gives what `make` makes of a key, and the same again as long as the key is among the `most` asked for last: for what follows from
 * its key alone and takes far longer to make than to look up. What is thrown is not kept; what is `given` besides must not matter.
 */
export function remembering<Key, Value, Given extends readonly unknown[]>(most: number, make: (key: Key, ...given: Given) => Value): (key: Key, ...given: Given) => Value {
  const known = new Map<Key, { readonly value: Value }>();
  return (key, ...given) => {
    const found = known.get(key) ?? { value: make(key, ...given) };
    // Asked for last stands last: the first has waited longest.
    known.delete(key);
    known.set(key, found);
    const longest = known.size > most ? known.keys().next() : undefined;
    if (longest?.done === false) known.delete(longest.value);
    return found.value;
  };
}
