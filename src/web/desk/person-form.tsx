import { useState } from 'preact/hooks';
import type { Colleague, Person } from './answers.js';
import { api } from './api.js';
import { failureText } from './gate.js';
import { LANGUAGES, useWords } from './texts.js';

const toggled = (list: readonly string[], one: string): string[] => (list.includes(one) ? list.filter((each) => each !== one) : [...list, one]);

/** Role, languages, departments and room of somebody at the desk. */
export function PersonForm({ person, departments, isMe, onDone }: { readonly person: Colleague; readonly departments: readonly string[]; readonly isMe: boolean; readonly onDone: () => void }) {
  const words = useWords();
  const [role, setRole] = useState<Person['role']>(person.role);
  const [languages, setLanguages] = useState(person.languages);
  const [chosen, setChosen] = useState(person.departments);
  const [capacity, setCapacity] = useState(person.capacity === null ? '' : String(person.capacity));
  const [failure, setFailure] = useState('');
  async function save(event: Event): Promise<void> {
    event.preventDefault();
    try {
      await api.setPerson(person.id, { role, languages, departments: chosen, capacity: capacity.trim() === '' ? null : Number(capacity) });
      onDone();
    } catch (error) {
      setFailure(failureText(error, words));
    }
  }
  const boxes = (title: string, all: readonly (readonly [string, string])[], list: readonly string[], set: (next: string[]) => void) => (
    <fieldset><legend>{title}</legend><div class="boxes">{all.map(([value, label]) => <label key={value} class="box"><input type="checkbox" checked={list.includes(value)} onChange={() => set(toggled(list, value))} /><span>{label}</span></label>)}</div></fieldset>
  );
  return (
    <form class="person-form" aria-label={person.name} onSubmit={(event) => void save(event)}>
      <div class="person-row">
        <label class="field"><span>{words('role')}</span>
          <select value={role} disabled={isMe} onChange={({ currentTarget }) => setRole(currentTarget.value as Person['role'])}>{(['agent', 'supervisor', 'admin'] as const).map((one) => <option key={one} value={one}>{words(`role.${one}`)}</option>)}</select>
        </label>
        <label class="field"><span>{words('people.capacity')}</span><input type="number" min={1} max={50} value={capacity} placeholder={words('people.usual', { count: person.usualCapacity })} onInput={({ currentTarget }) => setCapacity(currentTarget.value)} /></label>
      </div>
      {boxes(words('people.languages'), LANGUAGES, languages, setLanguages)}
      {boxes(words('people.departments'), departments.map((one) => [one, words.term('department', one)] as const), chosen, setChosen)}
      <p class="faint">{words('people.none-chosen')}</p>
      <p class="failure" role="alert">{failure}</p>
      <div class="approval-buttons"><button class="button" type="button" onClick={onDone}>{words('cancel')}</button><button class="button primary" type="submit">{words('people.save')}</button></div>
    </form>
  );
}
