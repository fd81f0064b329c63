import { useState } from 'preact/hooks';
import { api } from './api.js';
import { failureText } from './gate.js';
import { IntentChoice } from './intent-choice.js';
import { openConversation } from './route.js';
import { useWords } from './texts.js';
import type { Teachable } from './training-answers.js';

/** Says what a message really meant, for the bot to learn; folded until wanted. */
export function Correct({ messageId }: { readonly messageId: string }) {
  const words = useWords();
  const [intents, setIntents] = useState<readonly Teachable[] | undefined>(undefined);
  const [intent, setIntent] = useState('');
  const [said, setSaid] = useState('');

  async function open(): Promise<void> {
    try {
      setIntents((await api.teachable(words.language)).intents);
      setIntent('');
    } catch (error) {
      setSaid(failureText(error, words));
    }
  }
  async function send(): Promise<void> {
    try {
      await api.correct(openConversation(), messageId, intent);
      setSaid(words('training.corrected', { what: intents?.find((one) => one.intent === intent)?.label ?? intent }));
      setIntents(undefined);
    } catch (error) {
      setSaid(failureText(error, words));
    }
  }

  if (said !== '') return <p class="correct" role="status">{said}</p>;
  if (!intents) return <p class="correct"><button class="link" type="button" onClick={() => void open()}>{words('training.correct')}</button></p>;
  return (
    <p class="correct">
      <label class="hidden" for={`correct-${messageId}`}>{words('training.means')}</label>
      <IntentChoice id={`correct-${messageId}`} intents={intents} likely={[]} value={intent} onValue={setIntent} />
      <button class="button" type="button" disabled={intent === ''} onClick={() => void send()}>{words('training.correct.send')}</button>
      <button class="button quiet" type="button" onClick={() => setIntents(undefined)}>{words('cancel')}</button>
    </p>
  );
}
