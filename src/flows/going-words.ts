import type { Heard } from '../dialogue/flow.js';
import type { Entity } from '../domain/understanding.js';

/** Words by which something named stays where it is. */
const STAYS = new RegExp([
  String.raw`(?<!n['’]t |\bnot )\b(?:keep(?:ing)?|leav(?:e|ing)(?! [^,.;!?]{0,40}\bout\b)|hold on to|still (?:want|need|like)|(?:only|just) (?:send|ship|deliver|want|need|keep)|send (?:me )?(?:only|just)|stays?|staying|remains?|(?:is|are) (?:fine|ok|okay))\b`,
  String.raw`\b(?:don['’]?t|do not|not to) (?:remove|cancel|touch|delete|take|drop)\b`,
  String.raw`\b(?:qued(?:a|an|e|en|arme|ármel[oa]s?|o)|conserv\p{L}+|mant(?:én|ener|enga[ns]?)|dej(?:a|e|en|ar)(?! [^,.;!?]{0,40}\bfuera\b)|solo (?:env|mand)\p{L}+)(?!\p{L})|\bno (?:quit|elimin|cancel|saqu|toqu)\p{L}+`,
  String.raw`\b(?:fic(?:a|am|ar|o|ue)|mant(?:er|enha|ém)|deix(?:a|e|em|ar)(?! [^,.;!?]{0,40}\bfora\b)|só (?:env|mand)\p{L}+)(?!\p{L})|(?<!\p{L})não (?:tir|remov|cancel|retir|mex)\p{L}+`,
  String.raw`\b(?:gard(?:e|ez|er|ons)|laiss(?:e|ez|er)|rest(?:e|ent)|n['’]envoyez que)(?!\p{L})|\bne (?:retir|supprim|annul|touch|enlev)\p{L}+ pas`,
  String.raw`\b(?:behalt|bleib)\p{L}*|\b(?:lass|lasse|lassen|lasst)\b(?![^,.;!?]{0,40}\b(?:weg|raus|aus)\b)|\bnicht (?:entfernen|stornieren|streichen|löschen|rausnehmen|herausnehmen)`,
  String.raw`остав|остан|оста[её]т|сохран|(?<!\p{L})не (?:убира|удал|отмен|трога|исключа)`, 'احتفظ|أحتفظ|اترك|(?<!\\p{L})(?:خلي|خلوا|سيب|سيبوا|دع|دعوا)(?!\\p{L})|أبق|يبقى|تبقى|لا (?:تحذف|تلغ|تزل)', '留着|留下|保留|不动|别(?:动|取消|删|去掉)|不要(?:取消|动|删|去掉)',
].join('|'), 'iu');

/** Words by which something goes. */
const GOES = new RegExp([
  String.raw`\b(?:remov|tak(?:e|ing)|drop|ditch|delet|cancel|forget|skip|strike|scrap|exclud|los(?:e|ing)|get rid|kick|pull|without|minus|no need|(?:don['’]?t|do not|no longer) (?:want|need|send|include|ship|pack))`, String.raw`\bleav\p{L}+ [^,.;!?]{0,40}\bout\b`,
  String.raw`\b(?:quit|elimin|saca|saqu|cancel|borr|sin |retir|tir[ae]|remov|exclu|sem |enlev|supprim|annul|ôt|sans |entfern|nehm|nimm|streich|stornier|lösch|ohne |fuera\b|fora\b|weg\b|raus)`,
  'убер|убра|удал|исключ|вычерк|отмен|(?<!\\p{L})без |не (?:нуж|отправ|присыл)|احذف|أزل|إزالة|حذف|ألغ|إلغاء|بدون|去掉|删|取消|拿掉|移除|不要|别发|不发|剔除|去除',
].join('|'), 'iu');

/** "Send everything except the mat": the mat goes, the rest stays. */
const ALL_BUT = /\b(?:send|ship|deliver|keep|want|need|leave|pack)\b[^.;!?]{0,30}\b(?:everything|all|the rest)\b[^.;!?]{0,12}\b(?:except|but|other than|apart from|minus|without)\b/iu;

const BREAKS = /[,.;:!?\n，。；：！？、،؛]+|\s(?:and|but|y|pero|e|mas|et|mais|und|aber|и|а|но|و|ولكن)(?=\s)|\sو(?=\p{L})/giu;

interface Clause { readonly start: number; readonly end: number; readonly text: string; readonly break: string }

function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  let before = '';
  for (const match of text.matchAll(BREAKS)) {
    clauses.push({ start, end: match.index, text: text.slice(start, match.index), break: before });
    start = match.index + match[0].length;
    before = match[0];
  }
  return [...clauses, { start, end: text.length, text: text.slice(start), break: before }];
}

/** "Only send the lamp, not the jacket": the second goes. */
const DENIES = /^\s*(?:not|no|nicht|kein\p{L}*|não|pas|не|без|ليس|لا|不)(?!\p{L})|^\s*不/iu;

/** Clauses that tell what stays; "keep the tent and the bags" goes on until something else is said. */
function staying(text: string): Clause[] {
  let stays = false;
  return clausesOf(text).flatMap((clause) => {
    const said = STAYS.exec(clause.text);
    const goesOn = stays && !GOES.test(clause.text) && !DENIES.test(clause.text) && /^(?:,|，|、|\s(?:and|y|e|et|und|и|و))/iu.test(clause.break);
    stays = said !== null || goesOn;
    return stays ? [said ? narrowed(clause, said) : clause] : [];
  });
}

/** Of a clause that tells both what goes and what stays, the part with what stays. */
function narrowed(clause: Clause, said: RegExpExecArray): Clause {
  const end = said.index + said[0].length;
  if (GOES.test(clause.text.slice(0, said.index))) return { ...clause, start: clause.start + said.index, text: clause.text.slice(said.index) };
  const goes = GOES.exec(clause.text.slice(end));
  return goes ? { ...clause, end: clause.start + end + goes.index, text: clause.text.slice(0, end + goes.index) } : clause;
}

const isKind = (entity: Entity, value: string): boolean => entity.kind === 'marker' && entity.value === value;

/**
 * A message that wants things gone, as one that names only those: what is to stay is left out of it, and "drop the lamp" or
 * "I don't want the lamp" denies nothing. An answer to what is on the table keeps what it denies: "yes, but leave the lamp".
 */
export function goingOnly(heard: Heard): Heard {
  const { text } = heard;
  const stays = staying(text);
  if (heard.asked) {
    const spared = stays.map((clause): Entity => {
      const at = clause.start + (STAYS.exec(clause.text)?.index ?? 0);
      const end = at + (STAYS.exec(clause.text)?.[0].length ?? 0);
      return { kind: 'marker', value: 'not', start: at, end, raw: text.slice(at, end) };
    });
    const isAll = heard.entities.some(({ kind }) => kind === 'all' || kind === 'both');
    const others = heard.entities.filter((entity) => !isKind(entity, 'not') || !GOES.test(text.slice(entity.start, entity.end + 12)) || /^(?:not|don['’]?t)\s+(?:remove|cancel|touch|delete|take)/iu.test(text.slice(entity.start)));
    // "But not the lamp" at the question takes the lamp out; it does not mean all the rest there is.
    const told = others.map((entity): Entity => (entity.kind === 'except' && !isAll ? { kind: 'marker', value: 'not', start: entity.start, end: entity.end, raw: entity.raw } : entity));
    return { ...heard, entities: [...told, ...spared] };
  }
  if (ALL_BUT.test(text)) return { ...heard, entities: heard.entities.filter((entity) => !['all', 'except', 'both'].includes(entity.kind) && !isKind(entity, 'not') && !isKind(entity, 'only')) };
  const wanted = text.search(GOES);
  // "Take the jacket out, but not the lamp": what is denied behind the wish stays.
  const denied = heard.entities.filter((entity) => (isKind(entity, 'not') || entity.kind === 'except') && wanted >= 0 && wanted < entity.start && !GOES.test(text.slice(entity.start, entity.end + 12)))
    .flatMap(({ start, end }) => clausesOf(text).filter((clause) => clause.start <= end && end <= clause.end).map((clause) => ({ ...clause, start })));
  const isAll = heard.entities.some(({ kind }) => kind === 'all' || kind === 'both');
  const out = [...stays, ...(isAll ? [] : denied)];
  const left = out.reduce((rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end), text);
  return { ...heard, text: left, entities: heard.entities.filter((entity) => !isKind(entity, 'not') && !(entity.kind === 'except' && !isAll) && !out.some(({ start, end }) => entity.start >= start && entity.end <= end)) };
}
