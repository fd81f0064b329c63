import { useEffect, useState } from 'preact/hooks';
import type { Person, PresenceAnswer } from './answers.js';
import { api } from './api.js';
import { Window } from './form-dialog.js';
import { useWords } from './texts.js';

/** Who is at the desk and can go on with a talk, the one with the most room first. */
export function ColleaguePicker({ me, onChosen, onClose }: { readonly me: Person; readonly onChosen: (id: string) => void; readonly onClose: () => void }) {
  const words = useWords();
  const [seats, setSeats] = useState<PresenceAnswer['seats'] | undefined>(undefined);
  useEffect(() => {
    let isGone = false;
    void api.presence().then((answer) => !isGone && setSeats(answer.seats), onClose);
    return () => void (isGone = true);
  }, []);
  const there = seats?.filter(({ id, presence }) => id !== me.id && presence === 'online').toSorted((a, b) => (b.capacity - b.load) - (a.capacity - a.load) || a.name.localeCompare(b.name));
  useEffect(() => document.querySelector<HTMLElement>('.picker .pick')?.focus(), [seats]);
  return (
    <Window title={words('pass.who')} onClose={onClose} kind="picker">
      <p class="faint" role="status">{there === undefined ? words('loading') : there.length === 0 ? words('pass.none') : ''}</p>
      <ul class="picks">{there?.map(({ id, name, load, capacity }) => <li key={id}><button class="pick" type="button" onClick={() => onChosen(id)}><bdi>{name}</bdi><span class="faint">{words('people.load', { load, capacity })}</span></button></li>)}</ul>
    </Window>
  );
}
