import type { ReturnReason } from '../order.js';
import { matterFacts, type Matter } from './matters.js';

/** The matter a reason for sending back stands for, unless more is known. */
export const matterOfReason: Readonly<Record<ReturnReason, Matter>> = {
  defective: 'defect', damaged_in_transit: 'damaged_in_transit', wrong_item: 'wrong_item', not_as_described: 'prior_agreement', missing_parts: 'accessories', arrived_late: 'dispatch',
  wrong_size: 'fit', changed_mind: 'changed_mind', ordered_by_mistake: 'ordered_by_mistake', unstated: 'unstated',
};

/** The same wish without a fault: what a reason is where the shop does not count it as one. */
export const asWish = (matter: Matter): Matter => (['wish', 'subjective'].includes(matterFacts[matter].group) ? matter : 'changed_mind');

/** What a reason can turn out to be, told more closely, in the order it is asked in. */
export const detailsOf: Readonly<Partial<Record<ReturnReason, readonly Matter[]>>> = {
  not_as_described: ['colour', 'screen_colour', 'measurements', 'quantity', 'accessories', 'shelf_life', 'thickness', 'see_through', 'feel', 'not_as_imagined', 'prior_agreement', 'postage', 'dispatch'],
  defective: ['defect', 'loose_threads', 'cut_marks', 'button', 'shelf_life'],
};
