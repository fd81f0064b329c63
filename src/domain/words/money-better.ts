/** "Whichever saves me most": of two things of which one is possible, the one that is better for the customer's money. */
export const WANTS_BETTER = new RegExp([
  String.raw`\b(?:sav\p{L}*|money|back|refund\p{L}*|cheap\p{L}*)\b[^.;!?]{0,24}\b(?:most|more|best)\b|\b(?:most|more|best)\b[^.;!?]{0,24}\b(?:sav\p{L}*|money|back|refund\p{L}*)\b|\b(?:cheaper|cheapest) (?:one|option|way)\b`,
  String.raw`\b(?:ahorr\p{L}*|dinero|devuelv\p{L}*)\b[^.;!?]{0,24}\bmás\b|\bmás\b[^.;!?]{0,24}\b(?:ahorr\p{L}*|dinero|barat\p{L}*)\b`, String.raw`\b(?:economiz\p{L}*|dinheiro|poup\p{L}*)\b[^.;!?]{0,24}\bmais\b|\bmais\b[^.;!?]{0,24}\b(?:econom\p{L}*|dinheiro|barat\p{L}*)\b`,
  String.raw`(?:économis\p{L}*|argent|rapport\p{L}*)[^.;!?]{0,24}\bplus\b|\bplus\b[^.;!?]{0,24}(?:économi\p{L}*|argent|avantageu\p{L}*)`, String.raw`\b(?:mehr|meisten?)\b[^.;!?]{0,24}\b(?:geld|spar\p{L}*|zurück)|\b(?:günstiger\p{L}*|billiger\p{L}*)\b`,
  'больше[^.;!?]{0,24}(?:денег|сэконом|верн)|(?:выгодн|дешевл)', '(?:أكثر|أكبر|أوفر)[^.؛!؟]{0,24}|(?:يوفر|أوفّر)[^.؛!؟]{0,24}أكثر', '(?:省|退|划算)[^。！？]{0,8}(?:最多|更多|多)|(?:最|更)(?:省|划算|便宜)',
].join('|'), 'iu');
