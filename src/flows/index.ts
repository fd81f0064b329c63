import type { Flow } from '../dialogue/flow.js';
import { changeAddress } from './change-address.js';
import { orderStatus } from './order-status.js';
import { policyText } from './policy-text.js';
import { coupons, points, promotions } from './promotions.js';
import { returnItem } from './return-item.js';
import { returnLabel, returnStatus } from './returns.js';
import { trackParcel } from './track-parcel.js';

/** Everything a customer can get done, one line each. */
export const flows: readonly Flow[] = [
  orderStatus,
  changeAddress,
  trackParcel,
  returnItem,
  returnLabel,
  returnStatus,
  promotions,
  coupons,
  points,
  policyText,
];
