/** What somebody can bring to show how it was. */
export const evidences = ['photo', 'measurements', 'listing_comparison', 'test_certificate', 'packing_photo', 'weight'] as const;
/** One kind of proof. */
export type Evidence = (typeof evidences)[number];

/** What a case is about, as precisely as it decides anything: what a shop answers for, what is no defect, and plain wishes. */
export const matters = [
  'defect', 'shelf_life', 'colour', 'quantity', 'postage', 'dispatch', 'accessories', 'prior_agreement', 'wrong_item', 'damaged_in_transit', 'measurements',
  'screen_colour', 'not_as_imagined', 'thickness', 'see_through', 'feel', 'loose_threads', 'cut_marks', 'button',
  'fit', 'changed_mind', 'ordered_by_mistake', 'unstated',
] as const;
/** One of them. */
export type Matter = (typeof matters)[number];

/** Matters that are judged by the same rows of the table. */
export const groups = ['quality', 'wrong_item', 'carrier', 'grey', 'subjective', 'wish'] as const;
/** One such group. */
export type Group = (typeof groups)[number];

/** Where the root of a case lies: the goods, how they were packed and sent, or the buyer. */
export type Cause = 'product' | 'packing_logistics' | 'buyer';

/** What is known of a matter: how it is judged, where it comes from, and what each side shows it with. */
export interface MatterFacts {
  readonly group: Group;
  readonly cause: Cause;
  /** Any one of these sets of proof shows it; an empty set = the shop's own records show it; no set at all = it cannot be shown. */
  readonly buyer: readonly (readonly Evidence[])[];
  /** The same for the shop: what shows that it was as it should be when it left. */
  readonly shop: readonly (readonly Evidence[])[];
}

const wish: MatterFacts = { group: 'wish', cause: 'buyer', buyer: [[]], shop: [] };
const subjective: MatterFacts = { group: 'subjective', cause: 'buyer', buyer: [[]], shop: [['listing_comparison']] };

/** The taxonomy. */
export const matterFacts: Readonly<Record<Matter, MatterFacts>> = {
  defect: { group: 'quality', cause: 'product', buyer: [['photo'], ['test_certificate']], shop: [['test_certificate'], ['packing_photo']] },
  shelf_life: { group: 'quality', cause: 'product', buyer: [['photo']], shop: [['packing_photo']] },
  colour: { group: 'quality', cause: 'product', buyer: [['photo'], ['listing_comparison']], shop: [['listing_comparison']] },
  quantity: { group: 'quality', cause: 'packing_logistics', buyer: [['photo'], ['weight']], shop: [['weight'], ['packing_photo']] },
  accessories: { group: 'quality', cause: 'packing_logistics', buyer: [['photo'], ['weight']], shop: [['weight'], ['packing_photo']] },
  // What was charged and when it was sent stands in the shop's own records.
  postage: { group: 'quality', cause: 'packing_logistics', buyer: [[]], shop: [['listing_comparison']] },
  dispatch: { group: 'quality', cause: 'packing_logistics', buyer: [[]], shop: [] },
  prior_agreement: { group: 'quality', cause: 'product', buyer: [['photo'], ['listing_comparison']], shop: [['listing_comparison']] },
  wrong_item: { group: 'wrong_item', cause: 'packing_logistics', buyer: [['photo']], shop: [['packing_photo'], ['weight']] },
  damaged_in_transit: { group: 'carrier', cause: 'packing_logistics', buyer: [['photo']], shop: [['packing_photo']] },
  measurements: { group: 'grey', cause: 'product', buyer: [['photo', 'measurements'], ['listing_comparison', 'measurements']], shop: [['measurements'], ['listing_comparison'], ['test_certificate']] },
  screen_colour: subjective, not_as_imagined: subjective, thickness: subjective, see_through: subjective, feel: subjective, loose_threads: subjective, cut_marks: subjective, button: subjective,
  fit: wish, changed_mind: wish, ordered_by_mistake: wish, unstated: wish,
};

/** What is no defect, however it looks: loose threads, a colour the screen showed otherwise, how it feels, how it fits. */
export const notADefect: readonly Matter[] = [...matters.filter((matter) => matterFacts[matter].group === 'subjective'), 'fit'];
