import type { Teachable } from './training-answers.js';
import { useWords } from './texts.js';

/** The value that stands for "none of what the bot can do". */
export const OUT_OF_SCOPE = 'out_of_scope';

/** Chooses what a sentence means: what it was taken for first, then everything by subject. Nothing is chosen until somebody does. */
export function IntentChoice({ id, intents, likely, value, onValue }: { readonly id: string; readonly intents: readonly Teachable[]; readonly likely: readonly string[]; readonly value: string; readonly onValue: (intent: string) => void }) {
  const words = useWords();
  const first = likely.flatMap((intent) => intents.find((one) => one.intent === intent) ?? []);
  const groups = [...new Set(intents.map(({ group }) => group))];
  const option = ({ intent, label }: Teachable) => <option key={intent} value={intent}>{label}</option>;
  return (
    <select id={id} value={value} onChange={({ currentTarget }) => onValue(currentTarget.value)}>
      {value === '' && <option value="">{words('training.choose')}</option>}
      {first.length > 0 && <optgroup label={words('training.likely')}>{first.map(option)}</optgroup>}
      {groups.map((group) => <optgroup key={group} label={intents.find((one) => one.group === group)?.groupLabel ?? words('training.others')}>{intents.filter((one) => one.group === group && !likely.includes(one.intent)).map(option)}</optgroup>)}
    </select>
  );
}
