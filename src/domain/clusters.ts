/** A text as numbers: features and how much each weighs; its length is 1, so that two of them are compared by their product. */
export type Vector = ReadonlyMap<number, number>;

/** How alike two vectors are, from 0 to 1. */
export function likeness(one: Vector, other: Vector): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  let product = 0;
  for (const [feature, weight] of small) product += weight * (large.get(feature) ?? 0);
  return product;
}

/** Groups under way: who is in each, and by feature what the members of each add up to, so that only groups that share something are looked at. */
function createGroups() {
  const members: number[][] = [];
  const sums = new Map<number, Map<number, number>>();
  return {
    members,
    put(at: number, index: number, vector: Vector): void {
      (members[at] ??= []).push(index);
      for (const [feature, weight] of vector) {
        const ofFeature = sums.get(feature) ?? new Map<number, number>();
        sums.set(feature, ofFeature);
        ofFeature.set(at, (ofFeature.get(at) ?? 0) + weight);
      }
    },
    /** The group a vector is most alike to on average, itself left out of the one it is in; of equals the earlier; −1 where none is near. */
    nearest(vector: Vector, own: number, least: number): number {
      const products = new Map<number, number>();
      for (const [feature, weight] of vector) for (const [at, sum] of sums.get(feature) ?? []) products.set(at, (products.get(at) ?? 0) + weight * sum);
      let [found, best] = [-1, least];
      for (const [at, product] of [...products].sort(([a], [b]) => a - b)) {
        const others = (members[at]?.length ?? 0) - (at === own ? 1 : 0);
        const average = others === 0 ? 0 : (product - (at === own ? likeness(vector, vector) : 0)) / others;
        if (others > 0 && (average > best || (average === best && found < 0))) [found, best] = [at, average];
      }
      return found;
    },
  };
}

/** How often everybody may move to the group they are nearest to. */
const ROUNDS = 2;

/**
 * Puts vectors that are alike into groups, each vector into one: first in the order given, each to the group it is at least so much
 * alike to on average, or into one of its own; then everybody moves to where they are nearest. The same vectors in the same order give
 * the same groups; the largest come first, of equals the one whose first member came first.
 */
export function clusterVectors(vectors: readonly Vector[], least: number): readonly (readonly number[])[] {
  let groups = createGroups();
  let places = vectors.map((vector, index) => {
    const near = groups.nearest(vector, -1, least);
    const at = near < 0 ? groups.members.length : near;
    groups.put(at, index, vector);
    return at;
  });
  for (let round = 0; round < ROUNDS; round++) {
    const before = groups;
    groups = createGroups();
    places = vectors.map((vector, index) => {
      const own = places[index] ?? -1;
      const near = before.nearest(vector, own, least);
      const at = near < 0 ? own : near;
      groups.put(at, index, vector);
      return at;
    });
  }
  return groups.members.filter((one) => one !== undefined && one.length > 0).toSorted((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
}
