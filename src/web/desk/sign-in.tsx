import { useState } from 'preact/hooks';
import type { Person } from './answers.js';
import { api } from './api.js';
import { failureText, Field, Gate } from './gate.js';
import { useWords } from './texts.js';

/** Signs an agent in. */
export function SignIn({ joined, onSignedIn, onLanguage }: { readonly joined: string; readonly onSignedIn: (me: Person) => void; readonly onLanguage: (tag: string) => void }) {
  const words = useWords();
  const [email, setEmail] = useState(joined);
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState('');
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    setFailure('');
    try {
      onSignedIn((await api.signIn(email, password)).agent);
    } catch (error) {
      setFailure(failureText(error, words));
      setPassword('');
      document.getElementById('password')?.focus();
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <Gate title={words('sign-in.title')} lead={joined === '' ? words('sign-in.lead') : words('sign-in.joined')} onLanguage={onLanguage}>
      <form onSubmit={(event) => void submit(event)}>
        <Field id="email" label={words('email')} type="email" autocomplete="username" value={email} onValue={setEmail} isFocused={joined === ''} />
        <Field id="password" label={words('password')} type="password" autocomplete="current-password" value={password} onValue={setPassword} isBad={failure !== ''} isFocused={joined !== ''} />
        <p class="failure" role="alert">{failure}</p>
        <button class="button primary wide" type="submit" aria-disabled={isBusy}>{words(isBusy ? 'sign-in.busy' : 'sign-in')}</button>
      </form>
    </Gate>
  );
}
