import type { Conversation } from '../dialogue/conversation.js';
import type { Line } from '../domain/message.js';
import type { Texts } from '../ports/texts.js';

/** As many lines of what was said are shown to whoever takes over. */
const MOST_LINES = 40;

/** Who said a line, in the desk's words. */
export function speakerOf({ from, agent }: Line, texts: Texts, locale: string): string {
  if (from === 'customer') return texts.say({ key: 'helpdesk.customer' }, locale);
  return from === 'agent' ? agent?.name ?? texts.say({ key: 'desk.agent' }, locale) : texts.say({ key: from === 'bot' ? 'desk.bot' : 'desk.system' }, locale);
}

/** What a person who takes over at another helpdesk reads first: why, who, what they want, what is on the table, what was said. */
export function deskBrief(conversation: Conversation, reason: string, lines: readonly Line[], texts: Texts, locale: string): string {
  const say = (key: string): string => texts.say({ key }, locale);
  const named = (intent: string): string => (texts.has(`intent.${intent}`) ? say(`intent.${intent}`) : intent.replaceAll('_', ' '));
  const { identity, topic, active, wishes } = conversation;
  const facts: readonly (readonly [label: string, value: string | undefined])[] = [
    [say('helpdesk.customer'), [identity.name, say(`desk.level.${identity.level}.long`)].filter((one) => one !== undefined).join(' – ')],
    [say('desk.language'), texts.value({ language: conversation.locale }, locale)],
    [say('desk.brief.order'), topic.order], [say('desk.brief.parcel'), topic.parcel], [say('desk.brief.return'), topic.return],
    [say('desk.brief.wants'), active ? named(active.intent) : undefined],
    [say('desk.brief.wishes'), wishes.length === 0 ? undefined : wishes.map(({ intent }) => named(intent)).join(', ')],
    [say('desk.brief.plan'), active?.plan ? active.plan.shows.map((reply) => texts.say(reply, locale)).join(' ') : undefined],
  ];
  const said = lines.slice(-MOST_LINES).map((line) => `${speakerOf(line, texts, locale)}: ${[line.text, ...(line.files ?? []).map(({ name }) => `[${name}]`)].filter((part) => part !== '').join(' ')}`);
  return [
    texts.has(`desk.reason.${reason}`) ? say(`desk.reason.${reason}`) : reason,
    facts.filter(([, value]) => value !== undefined && value !== '').map(([label, value]) => `${label}: ${value}`).join('\n'),
    said.join('\n'),
  ].filter((part) => part !== '').join('\n\n');
}
