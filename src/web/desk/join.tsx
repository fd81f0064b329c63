import { useEffect, useState } from 'preact/hooks';
import { api, Failed } from './api.js';
import { failureText, Field, Gate } from './gate.js';
import { useWords } from './texts.js';

/** Where somebody with a one-time link sets name and password. */
export function Join({ token, onJoined, onLanguage }: { readonly token: string; readonly onJoined: (email: string) => void; readonly onLanguage: (tag: string) => void }) {
  const words = useWords();
  const [invite, setInvite] = useState<{ readonly email: string | null; readonly role: string } | 'gone' | undefined>(undefined);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState('');
  const [isBusy, setIsBusy] = useState(false);

  useEffect(() => {
    api.lookAtInvite(token).then(setInvite).catch((error: unknown) => {
      if (error instanceof Failed && error.status > 0 && error.status < 500) setInvite('gone');
      else setFailure(failureText(error, words));
    });
  }, [token]);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (isBusy || invite === undefined || invite === 'gone') return;
    setIsBusy(true);
    setFailure('');
    try {
      onJoined((await api.join({ token, name, password, ...(invite.email === null ? { email } : {}) })).email);
    } catch (error) {
      if (error instanceof Failed && error.code === 'InviteGone') setInvite('gone');
      setFailure(failureText(error, words));
      setIsBusy(false);
    }
  }

  if (invite === 'gone') {
    return <Gate title={words('join.gone')} lead={words('join.gone.lead')} onLanguage={onLanguage}><a class="button wide" href="#/">{words('sign-in')}</a></Gate>;
  }
  if (invite === undefined) return <Gate title={words('join.title')} onLanguage={onLanguage}><p class="lead" role="status">{failure || words('loading')}</p></Gate>;
  return (
    <Gate title={words('join.title')} lead={words(invite.role === 'admin' ? 'join.lead.admin' : 'join.lead')} onLanguage={onLanguage}>
      <form onSubmit={(event) => void submit(event)}>
        <Field id="name" label={words('name')} hint={words('name.hint')} type="text" autocomplete="name" value={name} onValue={setName} isFocused />
        <Field id="email" label={words('email')} type="email" autocomplete="username" value={invite.email ?? email} onValue={setEmail} isReadOnly={invite.email !== null} />
        <Field id="password" label={words('password')} hint={words('password.hint')} type="password" autocomplete="new-password" value={password} onValue={setPassword} minLength={10} />
        <p class="failure" role="alert">{failure}</p>
        <button class="button primary wide" type="submit" aria-disabled={isBusy}>{words('join')}</button>
      </form>
    </Gate>
  );
}
