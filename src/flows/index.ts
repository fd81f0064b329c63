import type { Flow } from '../dialogue/flow.js';
import { accountUpdate } from './account-update.js';
import { cancelOrder } from './cancel-order.js';
import { changeAddress } from './change-address.js';
import { changeContact } from './change-contact.js';
import { changePayment } from './change-payment.js';
import { claimCoupon } from './claim-coupon.js';
import { complaint } from './complaint.js';
import { coupons } from './coupons.js';
import { customs } from './customs.js';
import { dispute } from './dispute.js';
import { extendProtection } from './extend-protection.js';
import { howTo } from './how-to.js';
import { invoice } from './invoice.js';
import { itemMissing } from './item-missing.js';
import { itemProblem } from './item-problem.js';
import { noticesOff, noticesOn } from './notices.js';
import { notReceived } from './not-received.js';
import { orderHistory } from './order-history.js';
import { orderStatus } from './order-status.js';
import { parcelDamaged } from './parcel-damaged.js';
import { parcelLost } from './parcel-lost.js';
import { parcelStalled } from './parcel-stalled.js';
import { paymentMethods } from './payment-methods.js';
import { paymentProof } from './payment-proof.js';
import { privacyRequest } from './privacy-request.js';
import { productQuestion } from './product-question.js';
import { promotions } from './promotions.js';
import { points } from './points.js';
import { priceAdjustment } from './price-adjustment.js';
import { redeliver } from './redeliver.js';
import { refundOnly } from './refund-only.js';
import { refundStatus } from './refund-status.js';
import { removeItem } from './remove-item.js';
import { repair } from './repair.js';
import { reportScam } from './report-scam.js';
import { returnItem } from './return-item.js';
import { returnMoney } from './return-money.js';
import { returnPolicy } from './return-policy.js';
import { returnShipment } from './return-shipment.js';
import { returnWithdraw } from './return-withdraw.js';
import { returnLabel, returnStatus } from './returns.js';
import { satisfied } from './satisfied.js';
import { shippingOptions } from './shipping-options.js';
import { sharePhoto } from './share-photo.js';
import { soldOutWait } from './sold-out-wait.js';
import { suggestion } from './suggestion.js';
import { swapItems } from './swap-items.js';
import { trackParcel } from './track-parcel.js';
import { unlockAccount } from './unlock-account.js';

/** Everything a customer can get done, one line each. */
export const flows: readonly Flow[] = [
  orderStatus,
  changeAddress,
  trackParcel,
  returnItem,
  returnLabel,
  returnStatus,
  returnShipment,
  returnWithdraw,
  promotions,
  coupons,
  points,
  claimCoupon,
  priceAdjustment,
  changeContact,
  changePayment,
  swapItems,
  removeItem,
  cancelOrder,
  orderHistory,
  invoice,
  parcelStalled,
  parcelLost,
  notReceived,
  parcelDamaged,
  customs,
  redeliver,
  shippingOptions,
  returnPolicy,
  returnMoney,
  refundOnly,
  refundStatus,
  itemProblem,
  itemMissing,
  repair,
  productQuestion,
  paymentMethods,
  accountUpdate,
  dispute,
  extendProtection,
  noticesOff,
  noticesOn,
  satisfied,
  sharePhoto,
  soldOutWait,
  howTo,
  complaint,
  suggestion,
  reportScam,
  privacyRequest,
  unlockAccount,
  paymentProof,
];
