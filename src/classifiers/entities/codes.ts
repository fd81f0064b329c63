import { entityAt, spans, standsBefore, type EntityRule } from './source.js';

const COUPON_WORD = /(?:\b(?:code|codes|coupon|coupons|voucher|promo|promocode|discount|c[óo]digo|cup[óo]n|cupones|cupom|descuento|rabattcode|gutschein|gutscheincode|bon)\b|优惠券|优惠码|折扣码|券码|兑换码|红包|промокод|купон|كوبون|قسيمة)/i;
const NEAR = 40;
const TOKEN = /(?<![A-Za-z0-9])(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{2,22}[A-Z0-9](?![A-Za-z0-9])/g;
/** Shouted words that stand near "code" and are none. */
const WORDS = /^(?:CODE|COUPON|VOUCHER|PROMO|DISCOUNT|HELP|PLEASE|WORK|WORKING|DOES|DOESN|INVALID|EXPIRED|SAYS|THIS|THAT|WHAT|WITH|FROM|HTML|CUPON|CODIGO|ERROR|WHERE|FREE|STILL|APPLY)$/;

/** Reads coupon codes: capitals and digits with a word for code or coupon on either side. */
export const readCouponCodes: EntityRule = (source) => {
  if (!COUPON_WORD.test(source.flat)) return [];
  return Array.from(spans(source, TOKEN), ({ start, end, value }) => {
    if (WORDS.test(value)) return undefined;
    const near = standsBefore(source, start, COUPON_WORD, NEAR) || COUPON_WORD.test(source.flat.slice(end, end + NEAR));
    // A number of an order may stand beside a coupon; a coupon has letters to speak of.
    return near && /[A-Z]{2}/.test(value) ? entityAt(source, start, end, { kind: 'code', value }) : undefined;
  }).filter((entity) => entity !== undefined);
};

const SIX = /(?<![A-Za-z0-9.,#-])(?<value>\d{6}|\d{3}[ -]\d{3})(?![A-Za-z0-9]|[.,-]\d)/g;
const SIX_ALONE = /^\s*(?<value>\d{6}|\d{3}[ -]\d{3})\s*[.!。]?\s*$/g;
const CODE_WORD = /(?:\b(?:code|pin|otp|passcode|c[óo]digo|clave|codice|kode|код)\b|验证码|校验码|动态码|رمز)[^\d]{0,25}$/i;

/** Reads one-time codes: six digits with a word for code before them, or alone unless they are a number of the shop's. */
export function createOneTimeCodeRule(isOwnNumber: (text: string) => boolean): EntityRule {
  return (source) => {
    const alone = isOwnNumber(source.flat) ? [] : Array.from(spans(source, SIX_ALONE));
    const told = Array.from(spans(source, SIX)).filter(({ start }) => standsBefore(source, start, CODE_WORD));
    return [...told, ...alone].map(({ start, end, value }) => entityAt(source, start, end, { kind: 'one_time_code', value: value.replace(/\D/g, '') }));
  };
}
