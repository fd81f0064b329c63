import { useEffect, useMemo, useState } from 'preact/hooks';
import { api } from './api.js';
import { Ask } from './dialog.js';
import { failureText } from './gate.js';
import { IntentChoice, OUT_OF_SCOPE } from './intent-choice.js';
import type { Live } from './live.js';
import { useReading } from './reading.js';
import { useWords } from './texts.js';
import type { Cluster, Teachable, ToTeach, Training as Answers } from './training-answers.js';
import { LabelList } from './training-labels.js';
import { Models } from './training-models.js';

/** Groups on the page at a time; whoever has taught these sees the next. */
const MOST_SHOWN = 40;

/** For admins and supervisors: what was not understood, what it means, learning it, going back. */
export function Training({ live }: { readonly live: Live }) {
  const words = useWords();
  const training = useReading(`training ${words.language}`, () => api.training(words.language), live, () => false);
  const [failure, setFailure] = useState('');
  const [isAsked, setIsAsked] = useState(false);
  const [language, setLanguage] = useState('');
  const { data } = training;
  const isBusy = data?.state.busy != null;
  useEffect(() => {
    if (!isBusy) return;
    const timer = window.setInterval(() => training.again(), 1_500);
    return () => window.clearInterval(timer);
  }, [isBusy]);

  async function act(work: Promise<unknown>): Promise<void> {
    setFailure('');
    await work.catch((error: unknown) => setFailure(failureText(error, words)));
    training.again();
  }
  const teach = (sentences: readonly ToTeach[], intent: string | null, locale?: string) => void act(api.teach(sentences, intent, locale));

  const problem = failure !== '' ? failure : training.failed ? failureText(training.failed, words) : '';
  const shown = useMemo(() => (data?.clusters ?? []).filter(({ locale }) => language === '' || locale === language), [data, language]);
  if (!data) return <main class="training"><h1>{words('training')}</h1><p class="failure" role="alert">{problem}</p>{problem === '' && <p class="faint" role="status">{words('loading')}</p>}</main>;
  const { state, waiting, proposed, intents } = data;
  const current = state.cards.find(({ id }) => id === state.current);
  const spoken = [...new Set(data.clusters.map(({ locale }) => locale))];
  return (
    <main class="training">
      <h1>{words('training')}</h1>
      <p class="lead">{words('training.lead')}</p>
      <div class="training-acts">
        <p>{current ? words('training.current', { when: words.moment(current.at), name: current.by.name }) : words('training.current.none')}</p>
        <div class="training-buttons">
          <button class="button primary" type="button" disabled={isBusy || waiting.length === 0} onClick={() => void act(api.learn())}>{words('training.learn', { count: waiting.length })}</button>
          {waiting.length > 0 && <a class="button" href={api.diffUrl} download="intents.diff">{words('training.diff')}</a>}
          {state.canRollBack && <button class="button" type="button" disabled={isBusy} onClick={() => setIsAsked(true)}>{words('training.roll-back')}</button>}
        </div>
      </div>
      <p class="failure" role="alert">{problem}</p>
      {state.busy && <p class="training-note" role="status">{words(`training.busy.${state.busy.what}`, { when: words.time(state.busy.since), name: state.busy.by })}</p>}
      {!state.busy && state.failed !== null && <p class="training-note is-bad" role="status">{words('training.failed', { reason: state.failed })}</p>}
      {proposed.length > 0 && <LabelList title={words('training.proposed')} labels={proposed} intents={intents} onAgree={({ id, text, locale, intent }) => teach([{ id, text, locale }], intent)} onDrop={({ id, text, locale }) => teach([{ id, text, locale }], null)} drop={words('training.dismiss')} />}
      {waiting.length > 0 && <LabelList title={words('training.waiting')} labels={waiting} intents={intents} onDrop={({ id }) => void act(api.unteach([id]))} drop={words('training.take-back')} />}
      <section aria-labelledby="unclear-title">
        <div class="training-head">
          <h2 id="unclear-title">{words('training.unclear')}</h2>
          {spoken.length > 1 && (
            <select aria-label={words('language')} value={language} onChange={({ currentTarget }) => setLanguage(currentTarget.value)}>
              <option value="">{words('training.all')}</option>
              {spoken.map((locale) => <option key={locale} value={locale}>{words.languageName(locale)}</option>)}
            </select>
          )}
        </div>
        {shown.length === 0 && <p class="faint">{words('training.unclear.none')}</p>}
        <div class="clusters">{shown.slice(0, MOST_SHOWN).map((cluster) => <ClusterCard key={cluster.id} cluster={cluster} intents={intents} locales={data.locales} onTeach={teach} />)}</div>
      </section>
      {state.cards.length > 0 && <Models state={state} />}
      {isAsked && <Ask title={words('training.roll-back.ask')} text={words('training.roll-back.text')} yes={words('training.roll-back')} no={words('cancel')} onAnswer={(isYes) => {
        setIsAsked(false);
        if (isYes) void act(api.rollBack());
      }} />}
    </main>
  );
}

/** Sentences that are alike: all of them, or those that are ticked, are given a meaning by one click. */
function ClusterCard({ cluster, intents, locales, onTeach }: { readonly cluster: Cluster; readonly intents: readonly Teachable[]; readonly locales: Answers['locales']; readonly onTeach: (sentences: readonly ToTeach[], intent: string | null, locale?: string) => void }) {
  const words = useWords();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [intent, setIntent] = useState(cluster.guess.find((one) => intents.some(({ intent: known }) => known === one)) ?? '');
  const [locale, setLocale] = useState(cluster.locale);
  const chosen = cluster.sentences.filter(({ id }) => !left.has(id)).map(({ id, text }) => ({ id, text, locale: cluster.locale }));
  const give = (meaning: string | null) => onTeach(chosen, meaning, locale === cluster.locale ? undefined : locale);
  function tick(id: string, isIn: boolean): void {
    const next = new Set(left);
    if (isIn) next.delete(id);
    else next.add(id);
    setLeft(next);
  }
  const isNone = chosen.length === 0;
  return (
    <article class="cluster">
      <ul>
        {cluster.sentences.map(({ id, text, count }) => (
          <li key={id}>
            <label><input type="checkbox" checked={!left.has(id)} onChange={({ currentTarget }) => tick(id, currentTarget.checked)} /><span dir="auto" lang={cluster.locale}>{text}</span>{count > 1 && <span class="times">{count}×</span>}</label>
          </li>
        ))}
      </ul>
      <div class="cluster-acts">
        <div class="field"><label for={`i-${cluster.id}`}>{words('training.means')}</label><IntentChoice id={`i-${cluster.id}`} intents={intents} likely={cluster.guess} value={intent} onValue={setIntent} /></div>
        <div class="field">
          <label for={`l-${cluster.id}`}>{words('language')}</label>
          <select id={`l-${cluster.id}`} value={locale} onChange={({ currentTarget }) => setLocale(currentTarget.value)}>{[...new Set([cluster.locale, ...locales])].map((tag) => <option key={tag} value={tag}>{words.languageName(tag)}</option>)}</select>
        </div>
        <div class="cluster-buttons">
          <button class="button primary" type="button" disabled={isNone || intent === ''} onClick={() => give(intent)}>{words('training.teach', { count: chosen.length })}</button>
          <button class="button" type="button" disabled={isNone} onClick={() => give(OUT_OF_SCOPE)}>{words('training.out-of-scope')}</button>
          <button class="button quiet" type="button" disabled={isNone} onClick={() => give(null)}>{words('training.dismiss')}</button>
        </div>
      </div>
    </article>
  );
}
