/** What a setting of the policy means to a merchant: in words, its unit, and a value to write. */
export interface Meaning {
  readonly says: string;
  readonly unit: string;
  readonly example: string;
}

const of = (says: string, unit: string, example: string): Meaning => ({ says, unit, example });

const states = 'states of an order: unpaid, under_review, paid, packed, shipped, delivered, returned, refunded, cancelled';
const days = 'calendar days after delivery';
const cents = 'minor units (cents) of the order’s currency';
const reasons = 'reasons: defective, damaged_in_transit, wrong_item, not_as_described, missing_parts, arrived_late, wrong_size, changed_mind, ordered_by_mistake';

/** Every setting by its path; `<layer>` stands for `items`, `categories`, `members` and `countries`, `*` for a name in one of them. */
export const meanings: Readonly<Record<string, Meaning>> = {
  version: of('Name of this state of the rules; told on “why?” and kept with every verdict. Change it whenever you change a rule.', 'any text', '"2026-11-01"'),
  decided: of('Contradictions you have looked at and let stand, by the code `policy check` names.', 'codes', '[returns.without-fault]'),

  'identity.levels': of('What a flow asks for beyond its own level: L1 an order and a second factor, L2 a signed identity or one-time code.', 'flow: level', '{ change-address: L2 }'),
  'identity.emailAlone': of('Whether an e-mail address alone proves who is speaking.', 'true or false', 'false'),
  'identity.nameAndPostcodeAlone': of('Whether name and postcode alone prove it.', 'true or false', 'false'),
  'identity.guesses': of('Wrong tries per conversation, contact and order before nobody is let in for a while.', 'tries, 1 to 100', '5'),
  'identity.guessWindowMinutes': of('The time in which they are counted, and for which nobody is let in.', 'minutes', '15'),
  'identity.idleMinutes': of('A proven identity ends after this long without a message.', 'minutes', '30'),

  'orders.changeAddressIn': of('While an order is in one of these, its address may change.', states, '[unpaid, paid]'),
  'orders.countryMayChange': of('Whether the new address may be in another country.', 'true or false', 'false'),
  'orders.changeContactIn': of('While an order is in one of these, phone, e-mail and recipient may change.', states, '[unpaid, paid, packed]'),
  'orders.changeItemsIn': of('While an order is in one of these, another size, colour or number may be had.', states, '[unpaid, paid]'),
  'orders.quantityMayChange': of('Whether the number of pieces may change, too.', 'true or false', 'true'),
  'orders.changeItemsOnce': of('Whether items change once only; after it the order is fixed.', 'true or false', 'false'),
  'orders.removeItemsIn': of('While an order is in one of these, single pieces may be taken out.', states, '[paid]'),
  'orders.cancelIn': of('While an order is in one of these, it may be cancelled.', states, '[unpaid, paid, packed]'),
  'orders.cancelReasons': of('Reasons for cancelling the customer chooses from; an empty list asks for none.', 'no_longer_needed, ordered_by_mistake, found_cheaper, too_slow, payment_problem, wrong_details, other', '[no_longer_needed, other]'),
  'orders.changePaymentIn': of('While an order is in one of these, it may be paid another way.', states, '[unpaid]'),
  'orders.differenceBy': of('How a price difference is settled: the way the order was paid, or as the customer chooses.', 'original or choice', 'original'),
  'orders.handlingDays.from': of('How long packing takes at least.', 'days', '3'),
  'orders.handlingDays.to': of('How long packing takes at most.', 'days', '7'),

  'tracking.stalledDays.domestic': of('Days without a scan after which a parcel inside one country counts as standing still.', 'days', '3'),
  'tracking.stalledDays.crossBorder': of('The same between countries.', 'days', '7'),
  'tracking.stalledDays.customs': of('The same at customs.', 'days', '5'),

  'returns.windowDays': of('Within how many days goods go back without a fault; null is without a limit.', days, '15'),
  'returns.faultWindowDays': of('Within how many days faulty, wrong or misdescribed goods go back.', days, '30'),
  'returns.withoutFault': of('Whether goods go back without a fault at all.', 'true or false', 'true'),
  'returns.freight': of('What the customer pays for the way back without a fault; of several articles in one parcel the dearest counts.', cents, '590'),
  'returns.shipWithinDays': of('Days to hand the parcel in once the label is there; of several articles the shortest counts.', 'days', '14'),
  'returns.refundDays.from': of('How soon the money is back after inspection, at best.', 'bank days', '3'),
  'returns.refundDays.to': of('How soon the money is back after inspection, at the latest.', 'bank days', '7'),
  'returns.askReason': of('Whether the customer is asked for the reason.', 'true or false', 'true'),
  'returns.refundTo': of('Where refunds may go.', 'original, gift_card', '[original]'),
  'returns.oncePerOrder': of('Whether an order takes one return or exchange in all.', 'true or false', 'false'),
  'returns.sameVariant': of('Whether an exchange may be for the very same variant.', 'never, fault, always', 'fault'),
  'returns.faultReasons': of('Reasons that count as the shop’s fault: the shop pays the way back, and the fault window counts.', reasons, '[defective, wrong_item]'),
  'returns.notAccepted': of('Reasons without a fault for which nothing goes back, though others do; a law that needs no reason still counts.', reasons, '[changed_mind]'),
  'returns.photoFor': of('Reasons for which a picture is asked first.', reasons, '[defective]'),
  'returns.conditions': of('What state goods must be in (tags, washing, seals), by category; `other` for the rest.', 'category: unused, with_tags, sealed, reset, clean, as_worn_once', '{ other: unused, apparel: with_tags }'),
  'returns.packing': of('How goods are packed, by category; `other` for the rest.', 'category: original_box, any_strong_box, padded, bag, battery', '{ other: any_strong_box, apparel: bag }'),
  'returns.materials': of('What to have ready, by reason; `other` for the rest.', 'reason: order_number, photo_fault, photo_label, photo_page, photo_contents, accessories', '{ other: [order_number] }'),
  'returns.items': of('Rules of single articles, by product id.', 'product id: rules', '{ P-100: { freight: 0 } }'),
  'returns.categories': of('Rules of kinds of goods.', 'category: rules', '{ underwear: { withoutFault: false, lawExempt: true } }'),
  'returns.members': of('Rules of member levels, by the level’s id.', 'level: rules', '{ gold: { windowDays: 30, freight: 0 } }'),
  'returns.countries': of('Rules of the buyer’s country. With a `law` its windows and withoutFault are the least there is; everything else in it, and all of one without a law, is your own choice.', 'two-letter country: rules', '{ US: { freight: 1990 } }'),
  'returns.<layer>.windowDays': of('As `returns.windowDays`, there.', days, '30'),
  'returns.<layer>.faultWindowDays': of('As `returns.faultWindowDays`, there.', days, '730'),
  'returns.<layer>.withoutFault': of('As `returns.withoutFault`, there.', 'true or false', 'false'),
  'returns.<layer>.freight': of('As `returns.freight`, there.', cents, '0'),
  'returns.<layer>.shipWithinDays': of('As `returns.shipWithinDays`, there.', 'days', '30'),
  'returns.<layer>.refundDays.from': of('As `returns.refundDays.from`, there.', 'bank days', '1'),
  'returns.<layer>.refundDays.to': of('As `returns.refundDays.to`, there.', 'bank days', '3'),
  'returns.<layer>.law': of('The law behind it; told on “why?”.', 'any text', '"EU 2011/83 Art. 9"'),
  'returns.<layer>.lawExempt': of('The law’s right to send back without a reason does not cover it (sealed hygiene goods, made to measure).', 'true or false', 'true'),
  'returns.<layer>.condition': of('What state it must be in, where that differs from its category’s.', 'as `returns.conditions`', 'sealed'),
  'returns.<layer>.packing': of('How it is packed, where that differs from its category’s.', 'as `returns.packing`', 'padded'),

  'refunds.withoutReturn': of('Whether money may come back while the goods stay.', 'true or false', 'true'),
  'refunds.grantUpTo': of('Up to here the bot grants it for a fault that was shown; above it people decide; 0 is never. Of several articles the lowest limit counts.', cents, '3000'),
  'refunds.answerDays': of('In how many days the shop answers what was asked for.', 'days, 1 to 90', '5'),
  'refunds.items': of('Limits of single articles.', 'product id: { grantUpTo }', '{ P-100: { grantUpTo: 0 } }'),
  'refunds.categories': of('Limits of kinds of goods.', 'category: { grantUpTo }', '{ electronics: { grantUpTo: 1000 } }'),
  'refunds.members': of('Limits of member levels.', 'level: { grantUpTo }', '{ platinum: { grantUpTo: 6000 } }'),
  'refunds.countries': of('Limits of countries.', 'two-letter country: { grantUpTo }', '{ BR: { grantUpTo: 1000 } }'),
  'refunds.<layer>.grantUpTo': of('As `refunds.grantUpTo`, there.', cents, '6000'),

  'warranty.months': of('How long the warranty runs from delivery, by category; `other` for the rest; 0 is none.', 'category: months', '{ other: 24, cosmetics: 0 }'),
  'warranty.makerNetwork': of('Categories the maker’s service points repair, too.', 'categories', '[electronics]'),
  'warranty.onSite': of('Categories repaired where the customer is.', 'categories', '[lighting]'),
  'warranty.repairDays.from': of('How long a repair takes at least.', 'days', '5'),
  'warranty.repairDays.to': of('How long a repair takes at most.', 'days', '15'),
  'warranty.items': of('Warranties of single articles.', 'product id: { months }', '{ P-100: { months: 60 } }'),
  'warranty.members': of('Warranties of member levels, where the category has none of its own.', 'level: { months }', '{ gold: { months: 36 } }'),
  'warranty.countries': of('Warranties of countries; with a `law` the least there is.', 'two-letter country: { months, law }', '{ ES: { months: 36, law: "RDL 7/2021" } }'),
  'warranty.<layer>.months': of('As `warranty.months`, there.', 'months', '36'),
  'warranty.<layer>.law': of('The law behind a country’s.', 'any text', '"RDL 7/2021"'),

  'delivery.enquiryBusinessDays': of('In how many days the carrier has answered an enquiry.', 'business days of the desk', '5'),
  'delivery.lostAfterDays': of('How long after the slowest tenth of its route a parcel counts as lost.', 'days', '10'),
  'delivery.grantUpTo': of('Up to here money for lost goods is granted at once; 0 is never. Of several articles the lowest limit counts.', cents, '10000'),
  'delivery.notReceivedWithinDays': of('How long a parcel “delivered, not here” is looked for; of several articles the longest counts.', days, '30'),
  'delivery.damageWithinDays': of('How long damage in transit may be reported; 0 is on the day itself only.', days, '7'),
  'delivery.damagePhotos': of('Photos a claim for damage needs.', 'photos, 0 to 10', '1'),
  'delivery.dutyPaidBy': of('Who pays duty and import tax.', 'recipient or shop', 'recipient'),
  'delivery.slots.days': of('Days couriers come again.', 'days of the week, 1 = Monday', '[1, 2, 3, 4, 5]'),
  'delivery.slots.ahead': of('How many next such days are offered.', 'days, 1 to 14', '5'),
  'delivery.slots.windows': of('The hours offered.', 'from and to, 24 hours', '[{ from: "08:00", to: "13:00" }]'),
  'delivery.shippingPrices': of('What each method costs; one left out is not offered.', 'standard, express, pickup: minor units of the shop’s currency', '{ standard: 490 }'),
  'delivery.freeFrom': of('From what goods a method is free; one left out never is.', 'standard, express, pickup: minor units of the shop’s currency', '{ standard: 6000 }'),
  'delivery.items': of('Limits and windows of single articles.', 'product id: settings', '{ P-100: { grantUpTo: 0 } }'),
  'delivery.categories': of('Limits and windows of kinds of goods.', 'category: settings', '{ lighting: { damageWithinDays: 14 } }'),
  'delivery.members': of('Limits and windows of member levels.', 'level: settings', '{ gold: { grantUpTo: 20000 } }'),
  'delivery.countries': of('Limits and windows of countries.', 'two-letter country: settings', '{ AU: { notReceivedWithinDays: 60 } }'),
  'delivery.<layer>.grantUpTo': of('As `delivery.grantUpTo`, there.', cents, '20000'),
  'delivery.<layer>.notReceivedWithinDays': of('As `delivery.notReceivedWithinDays`, there.', days, '60'),
  'delivery.<layer>.damageWithinDays': of('As `delivery.damageWithinDays`, there.', days, '14'),

  'points.valuePerPoint': of('What a point is worth.', 'minor units of the shop’s currency', '1'),

  'desk.days': of('Days people are at the desk.', 'days of the week, 1 = Monday', '[1, 2, 3, 4, 5]'),
  'desk.from': of('When the desk opens, in the shop’s zone.', 'hour and minute, 24 hours', '"09:00"'),
  'desk.to': of('When it closes.', 'hour and minute, 24 hours', '"18:00"'),
  'desk.answerBusinessDays': of('In how many days people answer.', 'business days', '2'),
};
