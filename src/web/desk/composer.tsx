import type { Ref } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Talk, Uploaded } from './answers.js';
import { api, Failed, newActId, type Act } from './api.js';
import { Called } from './called.js';
import { failureText } from './gate.js';
import { Icon } from './icons.js';
import { stoppedOf, StoppedMessage, type Stopped } from './stopped.js';
import { useWords } from './texts.js';

const MOST = 4000;

/** What was begun in each conversation, kept while the agent looks at another. */
const drafts = new Map<string, { readonly reply: string; readonly note: string; readonly files: readonly Uploaded[] }>();
const empty = { reply: '', note: '', files: [] } as const;

/** Words put into the reply from elsewhere: a suggestion, a saved reply, a line taken back. `n` tells one time from the next. */
export interface Inserted {
  readonly n: number;
  readonly text: string;
  readonly reply?: string;
}

/** Where the agent writes: a reply when in charge, a note at any time; and takes, gives back, closes. */
export function Composer({ id, talk, isMine, doing, notice, field, onSent, inserted, onReplies, onActions, onTyping, onTake, onHandBack, onPass, onClose }: {
  readonly id: string; readonly talk: Talk; readonly isMine: boolean; readonly doing: '' | Act['act']; readonly notice: string; readonly field: Ref<HTMLTextAreaElement>;
  readonly onSent: () => void; readonly inserted: Inserted | undefined; readonly onReplies: () => void; readonly onActions: () => void; readonly onTyping: () => void; readonly onTake: () => void; readonly onHandBack: () => void; readonly onPass: () => void; readonly onClose: () => void;
}) {
  const words = useWords();
  const [mode, setMode] = useState<'reply' | 'note'>('reply');
  const [draft, setDraft] = useState(drafts.get(id) ?? empty);
  const [failure, setFailure] = useState('');
  const [stopped, setStopped] = useState<Stopped | undefined>(undefined);
  const [status, setStatus] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [isOver, setIsOver] = useState(false);
  // Kept until it went through, so that trying again sends the same message and not another one.
  const pending = useRef<{ readonly of: string; readonly id: string } | undefined>(undefined);
  const picker = useRef<HTMLInputElement>(null);
  useEffect(() => void drafts.set(id, draft), [id, draft]);
  useEffect(() => setStatus(notice), [notice]);
  const macro = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (!inserted) return;
    macro.current = inserted.reply ?? macro.current;
    setMode('reply');
    setStopped(undefined);
    setDraft((now) => ({ ...now, reply: now.reply.trim() === '' ? inserted.text : `${now.reply.trimEnd()}\n${inserted.text}` }));
    requestAnimationFrame(() => typeof field === 'object' && field?.current?.focus());
  }, [inserted?.n]);

  const text = draft[mode];
  const canWrite = mode === 'note' || isMine;
  const canSend = canWrite && !isBusy && (text.trim() !== '' || (mode === 'reply' && draft.files.length > 0)) && text.length <= MOST;

  async function send(reason?: string): Promise<void> {
    if (!canSend) return;
    const act: Act = mode === 'note' ? { act: 'note', text } : { act: 'say', text, files: draft.files.map(({ fileId }) => fileId), hold: true, ...(reason === undefined ? {} : { reason }), ...(macro.current === undefined ? {} : { reply: macro.current }) };
    const of = JSON.stringify(act);
    if (pending.current?.of !== of) pending.current = { of, id: newActId() };
    setIsBusy(true);
    setFailure('');
    setStopped(undefined);
    setStatus('');
    try {
      const { outcome } = await api.act(id, pending.current.id, act);
      pending.current = undefined;
      if (mode === 'reply') macro.current = undefined;
      setDraft((now) => ({ ...now, [mode]: now[mode] === text ? '' : now[mode], ...(mode === 'reply' ? { files: [] } : {}) }));
      setStatus(words(mode === 'note' ? 'note.saved' : outcome === 'held' ? 'held.status' : 'sent'));
      onSent();
    } catch (error) {
      if (error instanceof Failed && error.code === 'MessageStopped') setStopped(stoppedOf(error));
      else setFailure(failureText(error, words));
    } finally {
      setIsBusy(false);
    }
  }

  async function attach(files: readonly File[]): Promise<void> {
    setFailure('');
    setIsBusy(true);
    for (const file of files.slice(0, 10 - draft.files.length)) {
      try {
        const uploaded = await api.upload(id, file);
        setDraft((now) => ({ ...now, files: [...now.files, uploaded] }));
      } catch (error) {
        setFailure(`${file.name}: ${failureText(error, words)}`);
      }
    }
    setIsBusy(false);
    if (picker.current) picker.current.value = '';
  }

  const mayAttach = mode === 'reply' && isMine;
  const dragged = (over: boolean) => (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    // Wherever it falls: the browser must not leave the desk for the file.
    event.preventDefault();
    setIsOver(over && mayAttach);
  };

  const modeButton = (which: 'reply' | 'note') => (
    <button type="button" class="mode" data-mode={which} aria-pressed={mode === which} onClick={() => setMode(which)}>{words(which === 'reply' ? 'mode.reply' : 'mode.note')}</button>
  );
  const { who, agent } = talk.state.charge;
  const hasTicket = talk.tickets.some(({ state }) => state !== 'closed');
  return (
    <div class={`composer mode-${mode}${isOver ? ' is-over' : ''}`} onDragOver={dragged(true)} onDragLeave={dragged(false)} onDrop={(event) => {
      dragged(false)(event);
      if (mayAttach) void attach([...(event.dataTransfer?.files ?? [])]);
    }}>
      <div class="composer-top">
        <div class="modes" role="group" aria-label={words('mode')}>{modeButton('reply')}{modeButton('note')}</div>
        <div class="acts">
          <button class="button" type="button" aria-keyshortcuts="a" onClick={onActions}><Icon name="list" />{words('form')}</button>
          {!isMine && <button class="button primary" type="button" aria-disabled={doing !== ''} aria-keyshortcuts="t" onClick={onTake}>{words(doing === 'take' ? 'taking' : 'take')}</button>}
          {isMine && <button class="button" type="button" aria-disabled={doing !== ''} onClick={onHandBack}>{words('hand-back')}</button>}
          {isMine && <button class="button" type="button" aria-disabled={doing !== ''} aria-keyshortcuts="p" onClick={onPass}>{words('pass')}</button>}
          {(isMine || who === 'waiting' || (who === 'bot' && hasTicket)) && <button class="button" type="button" aria-disabled={doing !== ''} onClick={onClose}>{words('close')}</button>}
        </div>
      </div>
      {mode === 'reply' && !isMine
        ? <p class="composer-off">{words(who === 'bot' ? 'off.bot' : who === 'waiting' ? 'off.waiting' : 'off.agent', { name: agent?.name ?? '' })}</p>
        : (
          <form class="composer-form" onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}>
            <label class="hidden" for="compose">{words(mode === 'note' ? 'compose.note' : 'compose.reply')}</label>
            <textarea
              id="compose" ref={field} rows={3} dir="auto" value={text} placeholder={words(mode === 'note' ? 'compose.note' : 'compose.reply')} aria-describedby="compose-hint" aria-invalid={text.length > MOST}
              onInput={({ currentTarget }) => {
                setStopped(undefined);
                setDraft((now) => ({ ...now, [mode]: currentTarget.value }));
                if (mode === 'reply' && currentTarget.value === '') macro.current = undefined;
                if (mode === 'reply' && currentTarget.value !== '') onTyping();
              }}
              onPaste={(event) => {
                const pasted = [...(event.clipboardData?.files ?? [])];
                if (pasted.length === 0 || !mayAttach) return;
                event.preventDefault();
                void attach(pasted);
              }}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
                event.preventDefault();
                void send();
              }}
            />
            {mode === 'note' && <Called text={text} onText={(next) => {
              setDraft((now) => ({ ...now, note: next }));
              if (typeof field === 'object') field?.current?.focus();
            }} />}
            {mode === 'reply' && draft.files.length > 0 && (
              <ul class="files attached" aria-label={words('attached')}>
                {draft.files.map((file) => (
                  <li key={file.fileId} class="file"><Icon name="file" /><span class="file-name"><bdi>{file.name}</bdi> <bdi class="file-size">{words.size(file.size)}</bdi></span>
                    <button class="button icon-button" type="button" aria-label={words('remove', { name: file.name })} onClick={() => setDraft((now) => ({ ...now, files: now.files.filter(({ fileId }) => fileId !== file.fileId) }))}><Icon name="close" /></button></li>
                ))}
              </ul>
            )}
            <div class="composer-end">
              <p class="hint" id="compose-hint">{text.length > MOST - 300 ? words('count', { count: text.length, most: MOST }) : words(mode === 'note' ? 'hint.note' : 'hint.reply')}</p>
              {mode === 'reply' && (
                <>
                  <button class="button quiet" type="button" aria-keyshortcuts="m" onClick={onReplies}>{words('replies')}</button>
                  <input ref={picker} class="hidden" type="file" multiple tabIndex={-1} aria-hidden="true" accept="image/png,image/jpeg,image/gif,image/webp,image/heic,application/pdf,video/mp4" onChange={({ currentTarget }) => void attach([...(currentTarget.files ?? [])])} />
                  <button class="button icon-button" type="button" aria-label={words('attach')} onClick={() => picker.current?.click()}><Icon name="attach" /></button>
                </>
              )}
              <button class="button primary" type="submit" aria-disabled={!canSend}>{words(mode === 'note' ? 'note.save' : 'send')}</button>
            </div>
          </form>
        )}
      {stopped && mode === 'reply' && <StoppedMessage text={text} stopped={stopped} onAnswerFor={(reason) => void send(reason)} />}
      <p class="failure" role="alert">{failure}</p>
      <p class="hidden" role="status">{status}</p>
    </div>
  );
}
