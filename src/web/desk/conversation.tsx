import { useEffect, useRef, useState } from 'preact/hooks';
import type { Person, Talk, TalkLine } from './answers.js';
import { api, Failed, newActId, type Act } from './api.js';
import { ActionPicker, isOfOrder, useForms } from './actions.js';
import { ColleaguePicker } from './colleague-picker.js';
import { Composer, type Inserted } from './composer.js';
import { BriefCard } from './brief-card.js';
import { Ask } from './dialog.js';
import { FormDialog, type Wanted } from './form-dialog.js';
import { failureText } from './gate.js';
import { Held } from './held.js';
import { Icon } from './icons.js';
import { useKeys } from './keys.js';
import type { Live } from './live.js';
import { Log } from './log.js';
import { useReading, useServerNow } from './reading.js';
import { ReplyPicker } from './reply-picker.js';
import { SidePanel } from './side-panel.js';
import { useAgain, useSigns } from './signs.js';
import { SuggestionBar, useSuggestion } from './suggestion.js';
import { useWords } from './texts.js';

type Question = { readonly kind: 'close' } | { readonly kind: 'take'; readonly holder: string };

/** One conversation: what was said, what is known, and what the agent can do. */
export function Conversation({ id, me, live, backHref }: { readonly id: string; readonly me: Person; readonly live: Live; readonly backHref: string }) {
  const words = useWords();
  const talk = useReading(`${id} ${words.language}`, () => api.talk(id, words.language), live, (hint) => hint.kind === 'all' || (hint.kind === 'conversation' && hint.id === id));
  const [older, setOlder] = useState<readonly TalkLine[]>([]);
  const [question, setQuestion] = useState<Question | undefined>(undefined);
  const [doing, setDoing] = useState<'' | Act['act']>('');
  const [notice, setNotice] = useState('');
  const [failure, setFailure] = useState('');
  const [isSideOpen, setIsSideOpen] = useState(false);
  const composer = useRef<HTMLTextAreaElement>(null);
  const { data } = talk;
  const now = useServerNow(data?.now);
  const charge = data?.state.charge;
  const isMine = charge?.who === 'agent' && charge.agent?.id === me.id;
  const [wanted, setWanted] = useState<Wanted | undefined>(undefined);
  const [picking, setPicking] = useState<'' | 'actions' | 'replies' | 'colleague'>('');
  const [inserted, setInserted] = useState<Inserted | undefined>(undefined);
  const forms = useForms(words);
  const suggestion = useSuggestion(data, words.language);
  const insert = (text: string, reply?: string): void => setInserted((before) => ({ n: (before?.n ?? 0) + 1, text, ...(reply === undefined ? {} : { reply }) }));
  const onTyping = useSigns(id, isMine, data?.lines.findLast(({ from }) => from === 'customer')?.seq ?? 0);
  async function undo(heldId: string, text: string): Promise<void> {
    try {
      await api.undo(id, heldId.slice(`desk.${me.id}.`.length));
      insert(text);
    } catch (error) {
      setFailure(failureText(error, words));
    }
    talk.again();
  }
  const held = data?.held.filter(({ agentId }) => agentId === me.id) ?? [];
  const isTyping = data?.presence.typingUntil !== undefined && Date.parse(data.presence.typingUntil) > now;
  useAgain(data?.presence.typingUntil ?? held.at(-1)?.until, now, talk.again);
  const name = data ? nameOf(data) ?? words('customer.unknown') : '';

  useEffect(() => {
    if (name !== '') document.title = `${name} · ${words('brand')}`;
  }, [name, words]);
  useEffect(() => {
    if (doing === 'take' && isMine) {
      setDoing('');
      setNotice(words('took'));
      composer.current?.focus();
    }
    if (doing === 'pass' && charge !== undefined && !isMine) {
      setDoing('');
      if (charge.assigned) setNotice(words('passed', { name: charge.assigned.name }));
      if (document.activeElement === document.body) document.querySelector<HTMLElement>('.acts .button')?.focus();
    }
    // Somebody else was quicker.
    if (doing === 'take' && charge?.who === 'agent' && !isMine) setDoing('');
    if ((doing === 'hand-back' || doing === 'close') && charge?.who === 'bot') {
      setDoing('');
      setNotice(words(doing === 'close' ? 'closed' : 'handed-back'));
      // The button that was pressed is gone; whoever works by keyboard stays in the conversation.
      if (document.activeElement === document.body) document.querySelector<HTMLElement>('.acts .button')?.focus();
    }
  }, [doing, isMine, charge?.who]);

  async function perform(act: Act): Promise<void> {
    if (doing !== '') return;
    setDoing(act.act);
    setFailure('');
    setNotice('');
    try {
      const { outcome } = await api.act(id, newActId(), act);
      if (outcome === 'duplicate') setDoing('');
    } catch (error) {
      setDoing('');
      const holder = error instanceof Failed && error.code === 'TakenByOther' ? (error.body['heldBy'] as { readonly name?: string } | undefined)?.name : undefined;
      if (holder !== undefined && act.act === 'take') setQuestion({ kind: 'take', holder });
      else setFailure(failureText(error, words));
    }
    talk.again();
  }

  const take = () => void (!isMine && perform({ act: 'take' }));
  useKeys({
    t: take,
    r: (event) => focusComposer(event, 'reply'),
    n: (event) => focusComposer(event, 'note'),
    a: (event) => openOver(event, 'actions'),
    m: (event) => void (isMine && openOver(event, 'replies')),
    p: (event) => void (isMine && openOver(event, 'colleague')),
    s: (event) => {
      if (!suggestion || !isMine) return;
      event.preventDefault();
      insert(suggestion.text);
    },
    l: (event) => {
      event.preventDefault();
      const isHidden = window.matchMedia('(max-width: 1180px)').matches && !isSideOpen;
      if (isHidden) setIsSideOpen(true);
      if (isHidden) requestAnimationFrame(() => document.getElementById('add-label')?.focus());
      else document.getElementById('add-label')?.focus();
    },
    z: () => {
      const last = held.at(-1);
      if (last) void undo(last.id, last.text);
    },
  });
  function openOver(event: KeyboardEvent, what: 'actions' | 'replies' | 'colleague'): void {
    event.preventDefault();
    setPicking(what);
  }
  function focusComposer(event: KeyboardEvent, mode: 'reply' | 'note'): void {
    event.preventDefault();
    document.querySelector<HTMLButtonElement>(`[data-mode="${mode}"]`)?.click();
    requestAnimationFrame(() => composer.current?.focus());
  }

  async function readOlder(): Promise<void> {
    const first = older[0]?.seq ?? data?.lines[0]?.seq ?? 1;
    const { lines } = await api.olderLines(id, first, words.language).catch((error: unknown) => {
      setFailure(failureText(error, words));
      return { lines: [] };
    });
    setOlder((known) => [...lines, ...known]);
  }

  if (!data) {
    return (
      <div class="blank">
        <p role="status">{talk.failed ? talk.failed.status === 404 ? words('conversation.none') : failureText(talk.failed, words) : words('loading')}</p>
        <a class="button" href={backHref}>{words('back')}</a>
      </div>
    );
  }
  const lines = [...older, ...data.lines.filter(({ seq }) => seq > (older.at(-1)?.seq ?? 0))];
  return (
    <>
      <section class={`talk${isSideOpen ? ' has-side' : ''}`} aria-label={words('conversation.with', { name })}>
        <header class="talk-top">
          <a class="button icon-button back" href={backHref} aria-label={words('back')}><Icon name="back" /></a>
          <div class="talk-title">
            <h1><bdi>{name}</bdi></h1>
            <p class="talk-facts"><span>{words.term('channel', data.channel)}</span>{data.state.locale !== '' && <span>{words.languageName(data.state.locale)}</span>}<span>{words(`level.${data.state.identity.level}`)}</span></p>
          </div>
          <ChargeSign talk={data} me={me} now={now} />
          <button class="button icon-button details" type="button" aria-expanded={isSideOpen} aria-controls="side" aria-label={words('details')} onClick={() => setIsSideOpen(!isSideOpen)}><Icon name={isSideOpen ? 'close' : 'info'} /></button>
        </header>
        <BriefCard talk={data} me={me} />
        <Log key={id} lines={lines} notes={data.notes} understandings={data.understandings} name={name} me={me} hasOlder={(lines[0]?.seq ?? 1) > 1} onOlder={() => void readOlder()}
          names={data.names} language={data.state.locale || 'en'} readTo={data.presence.seen ?? 0} tailKey={`${held.length} ${isTyping}`}
          tail={<><Held held={held} skew={now - Date.now()} onUndo={(heldId, text) => void undo(heldId, text)} />{isTyping && <p class="typing faint" role="status">{words('typing', { name })}</p>}</>} />
        <p class="failure bar" role="alert">{failure}</p>
        {suggestion && isMine && held.length === 0 && <SuggestionBar suggestion={suggestion} language={data.state.locale || 'en'} onUse={(text) => insert(text)} onForm={() => setWanted({})} />}
        <Composer
          id={id} talk={data} isMine={isMine} doing={doing} notice={notice} field={composer} onSent={() => talk.again()}
          inserted={inserted} onReplies={() => setPicking('replies')} onActions={() => setPicking('actions')} onTyping={onTyping}
          onTake={take} onHandBack={() => void perform({ act: 'hand-back' })} onPass={() => setPicking('colleague')} onClose={() => setQuestion({ kind: 'close' })}
        />
      </section>
      <SidePanel talk={data} me={me.name} isOpen={isSideOpen} forms={forms} onWanted={setWanted} onChanged={() => talk.again()} />
      {picking === 'actions' && <ActionPicker forms={forms} onClose={() => setPicking('')} onWanted={(what) => {
        setPicking('');
        setWanted({ ...what, ...(data.state.topic.order === undefined || !isOfOrder(what.flow) ? {} : { order: data.state.topic.order }) });
      }} />}
      {picking === 'colleague' && <ColleaguePicker me={me} onClose={() => setPicking('')} onChosen={(to) => {
        setPicking('');
        void perform({ act: 'pass', to });
      }} />}
      {picking === 'replies' && <ReplyPicker talk={data} onClose={() => setPicking('')} onText={(text, reply) => {
        setPicking('');
        insert(text, reply.id);
      }} />}
      {wanted && <FormDialog key={JSON.stringify(wanted)} talk={data} wanted={wanted} isMine={isMine} onClose={() => setWanted(undefined)} onDone={() => talk.again()} />}
      {question?.kind === 'take' && (
        <Ask title={words('take.ask', { name: question.holder })} text={words('take.ask.text', { name: question.holder })} yes={words('take')} no={words('cancel')} onAnswer={(isYes) => {
          setQuestion(undefined);
          if (isYes) void perform({ act: 'take', confirm: true });
        }} />
      )}
      {question?.kind === 'close' && (
        <Ask title={words('close.ask')} text={words('close.ask.text')} yes={words('close')} no={words('cancel')} onAnswer={(isYes) => {
          setQuestion(undefined);
          if (isYes) void perform({ act: 'close' });
        }} />
      )}
    </>
  );
}

const nameOf = ({ customer, state }: Talk): string | undefined => customer?.name ?? state.identity.name;

function ChargeSign({ talk, me, now }: { readonly talk: Talk; readonly me: Person; readonly now: number }) {
  const words = useWords();
  const { who, agent, since } = talk.state.charge;
  const span = since === undefined ? '' : words.span(now - Date.parse(since));
  const text = who === 'bot' ? words('charge.bot') : who === 'waiting' ? words('charge.waiting', { span }) : agent?.id === me.id ? words('charge.me') : words('charge.agent', { name: agent?.name ?? '' });
  return <p class={`charge charge-${who === 'agent' && agent?.id === me.id ? 'me' : who}`} role="status"><Icon name={who === 'bot' ? 'bot' : who === 'waiting' ? 'clock' : 'person'} /><span>{text}</span></p>;
}
