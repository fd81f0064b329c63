import { useState } from 'preact/hooks';
import { api } from './api.js';
import { failureText } from './gate.js';
import { Icon } from './icons.js';
import { useWords } from './texts.js';

/** The labels of a conversation: taken off by a press, put on by writing; those in use are proposed. */
export function Labels({ id, labels, onChanged }: { readonly id: string; readonly labels: readonly string[]; readonly onChanged: () => void }) {
  const words = useWords();
  const [text, setText] = useState('');
  const [known, setKnown] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState('');
  async function change(label: string, isOn: boolean): Promise<void> {
    setFailure('');
    try {
      await api.label(id, label, isOn);
      if (isOn) setText('');
      onChanged();
    } catch (error) {
      setFailure(failureText(error, words));
    }
  }
  return (
    <div class="labels" role="group" aria-label={words('labels')}>
      <ul class="label-list">{labels.map((label) => (
        <li key={label} class="label"><bdi>{label}</bdi><button type="button" aria-label={words('remove', { name: label })} onClick={() => void change(label, false)}><Icon name="close" /></button></li>
      ))}</ul>
      <form onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') void change(text.trim(), true);
      }}>
        <input
          id="add-label" class="add-label" type="text" list="known-labels" maxLength={40} dir="auto" autocomplete="off" aria-label={words('labels.add')} placeholder={words('labels.add')} value={text}
          onFocus={() => void api.labels().then((answer) => setKnown(answer.labels.map(({ label }) => label)), () => undefined)} onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <datalist id="known-labels">{known.filter((label) => !labels.includes(label)).map((label) => <option key={label} value={label} />)}</datalist>
      </form>
      <p class="failure" role="alert">{failure}</p>
    </div>
  );
}
