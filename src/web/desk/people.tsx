import { Fragment } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Person } from './answers.js';
import { api } from './api.js';
import { Ask } from './dialog.js';
import { failureText, Field } from './gate.js';
import type { Live } from './live.js';
import { PersonForm } from './person-form.js';
import { useReading } from './reading.js';
import { useWords } from './texts.js';

/** Who works here, what they take and whether they are there; for admins: inviting, changing, disabling. */
export function People({ me, live }: { readonly me: Person; readonly live: Live }) {
  const words = useWords();
  const people = useReading('people', api.people, live, ({ kind }) => kind !== 'conversation');
  const [failure, setFailure] = useState('');
  const [edited, setEdited] = useState('');
  const editing = people.data?.agents.find(({ id }) => id === edited);
  const [asked, setAsked] = useState<Person | undefined>(undefined);

  async function setDisabled(person: Person, isDisabled: boolean): Promise<void> {
    setFailure('');
    try {
      await api.setDisabled(person.id, isDisabled);
    } catch (error) {
      setFailure(failureText(error, words));
    }
    people.again();
  }

  const problem = failure !== '' ? failure : people.failed ? failureText(people.failed, words) : '';
  return (
    <main class="people">
      <h1>{words('people')}</h1>
      <p class="failure" role="alert">{problem}</p>
      {me.role === 'admin' && <Invite onInvited={() => people.again()} />}
      {!people.data && problem === '' && <p class="faint" role="status">{words('loading')}</p>}
      <table class="team" hidden={!people.data}>
        <caption class="hidden">{words('people')}</caption>
        <thead><tr><th scope="col">{words('name')}</th><th scope="col">{words('email')}</th><th scope="col">{words('role')}</th><th scope="col">{words('people.languages')}</th><th scope="col">{words('people.departments')}</th><th scope="col">{words('presence')}</th><th scope="col"><span class="hidden">{words('people.acts')}</span></th></tr></thead>
        <tbody>
          {(people.data?.agents ?? []).map((person) => (
            <Fragment key={person.id}><tr class={person.disabledAt === null ? '' : 'is-disabled'}>
              <th scope="row"><bdi>{person.name}</bdi>{person.id === me.id && <span class="faint"> ({words('you')})</span>}</th>
              <td>{person.email}</td>
              <td>{words(`role.${person.role}`)}</td>
              <td data-label={words('people.languages')}>{person.languages.length === 0 ? words('people.any') : words.list(person.languages.map((tag) => words.languageName(tag)))}</td>
              <td data-label={words('people.departments')}>{person.departments.length === 0 ? words('people.any') : words.list(person.departments.map((one) => words.term('department', one)))}</td>
              <td>{person.disabledAt === null ? <><span class={`presence-dot is-${person.presence}`} aria-hidden="true" />{words(`presence.${person.presence}`)} <span class="faint">· {words('people.load', { load: person.load, capacity: person.capacity ?? person.usualCapacity })}</span></> : <span class="state">{words('disabled')}</span>}</td>
              <td class="people-acts">{me.role === 'admin' && <><button class="button" type="button" onClick={() => setEdited(person.id)}>{words('people.edit')}<span class="hidden"> {person.name}</span></button>{' '}{person.id !== me.id && (person.disabledAt === null
                ? <button class="button" type="button" onClick={() => setAsked(person)}>{words('disable')}<span class="hidden"> {person.name}</span></button>
                : <button class="button" type="button" onClick={() => void setDisabled(person, false)}>{words('enable')}<span class="hidden"> {person.name}</span></button>)}</>}</td>
            </tr>{editing?.id === person.id && <tr class="person-edit"><td colSpan={7}><PersonForm key={editing.id} person={editing} departments={people.data?.departments ?? []} isMe={editing.id === me.id} onDone={() => {
              setEdited('');
              people.again();
            }} /></td></tr>}</Fragment>
          ))}
        </tbody>
      </table>
      {asked && <Ask title={words('disable.ask', { name: asked.name })} text={words('disable.ask.text')} yes={words('disable')} no={words('cancel')} onAnswer={(isYes) => {
        setAsked(undefined);
        if (isYes) void setDisabled(asked, true);
      }} />}
    </main>
  );
}

function Invite({ onInvited }: { readonly onInvited: () => void }) {
  const words = useWords();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Person['role']>('agent');
  const [made, setMade] = useState<{ readonly link: string; readonly isMailed: boolean; readonly email: string } | undefined>(undefined);
  const [failure, setFailure] = useState('');
  const [isCopied, setIsCopied] = useState(false);
  const link = useRef<HTMLInputElement>(null);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setFailure('');
    setIsCopied(false);
    try {
      setMade({ ...(await api.invite(email, role, words.language)), email });
      setEmail('');
      onInvited();
      requestAnimationFrame(() => link.current?.select());
    } catch (error) {
      setMade(undefined);
      setFailure(failureText(error, words));
    }
  }

  async function copy(): Promise<void> {
    link.current?.select();
    // Without HTTPS browsers have no clipboard for pages; the link is selected for Ctrl+C.
    const isDone = await navigator.clipboard?.writeText(made?.link ?? '').then(() => true, () => false) ?? document.execCommand('copy');
    setIsCopied(isDone);
  }

  return (
    <section class="invite" aria-labelledby="invite-title">
      <h2 id="invite-title">{words('invite.title')}</h2>
      <form onSubmit={(event) => void submit(event)}>
        <Field id="invite-email" label={words('email')} type="email" autocomplete="off" value={email} onValue={setEmail} isBad={failure !== ''} />
        <div class="field">
          <label for="invite-role">{words('role')}</label>
          <select id="invite-role" value={role} onChange={({ currentTarget }) => setRole(currentTarget.value as Person['role'])}>
            <option value="agent">{words('role.agent')}</option>
            <option value="supervisor">{words('role.supervisor')}</option>
            <option value="admin">{words('role.admin')}</option>
          </select>
        </div>
        <button class="button primary" type="submit">{words('invite')}</button>
      </form>
      <p class="failure" role="alert">{failure}</p>
      {made && (
        <div class="invite-made" role="status">
          <p>{words(made.isMailed ? 'invite.mailed' : 'invite.not-mailed', { email: made.email })}</p>
          <div class="invite-link">
            <label class="hidden" for="invite-link">{words('invite.link')}</label>
            <input id="invite-link" ref={link} readOnly value={made.link} />
            <button class="button" type="button" onClick={() => void copy()}>{words(isCopied ? 'copied' : 'copy')}</button>
          </div>
        </div>
      )}
    </section>
  );
}
