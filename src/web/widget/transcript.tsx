import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Choice, Message } from './activity.js';
import { Bubble, PendingBubble } from './bubble.js';
import { useSurroundings } from './context.js';
import type { View } from './conversation.js';
import { Icon } from './icons.js';
import type { TextKey } from './texts.js';
import { Viewer, type Enlarged } from './viewer.js';

const PAUSE_MS = 5 * 60_000;
const NEAR_PX = 60;
const STARTERS: readonly TextKey[] = ['starter.order', 'starter.return', 'starter.person'];

const isSameDay = (one: number, other: number) => new Date(one).toDateString() === new Date(other).toDateString();
const belongTogether = (one: Message | undefined, other: Message | undefined) =>
  one !== undefined && other !== undefined && one.from === other.from && one.name === other.name && other.at - one.at < PAUSE_MS && isSameDay(one.at, other.at);

/** The conversation from top to bottom, with the buttons of its last message. */
export function Transcript({ view, onPress }: { readonly view: View; readonly onPress: (choice: Choice) => void }) {
  const { texts, conversation } = useSurroundings();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const lastTop = useRef(0);
  const [isBehind, setBehind] = useState(false);
  const [enlarged, setEnlarged] = useState<Enlarged | undefined>(undefined);
  const onEnlarge = (files: Enlarged['files'], first: number) => setEnlarged({ files, first });
  const { messages, pending } = view;
  const last = messages.at(-1);
  const newestOwn = pending.length === 0 ? messages.findLast(({ from }) => from === 'own') : undefined;
  const isWaiting = pending.some(({ state }) => state !== 'failed');
  const lastSpoken = messages.findLast(({ from }) => from !== 'notice');
  const isEmpty = messages.length === 0 && pending.length === 0;
  const choices = isWaiting ? [] : isEmpty && (view.isLoaded || view.line === 'idle')
    ? STARTERS.map((key): Choice => ({ title: texts(key), text: texts(key), value: undefined }))
    : lastSpoken?.choices ?? [];

  const toEnd = () => {
    const box = scroller.current;
    if (box !== null) box.scrollTop = box.scrollHeight;
  };

  useLayoutEffect(() => {
    // Pictures that load and windows that shrink must not push the newest message out of sight.
    const watching = new ResizeObserver(() => {
      if (sticks.current) toEnd();
    });
    for (const element of [content.current, scroller.current]) if (element !== null) watching.observe(element);
    return () => watching.disconnect();
  }, []);

  useLayoutEffect(() => {
    sticks.current = true;
    toEnd();
  }, [pending.length > 0 && pending.at(-1)?.clientId]);

  useLayoutEffect(() => {
    if (sticks.current) toEnd();
    else setBehind(true);
  }, [last?.id]);

  const onScroll = () => {
    const box = scroller.current;
    if (box === null) return;
    const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    // Only going up is leaving the end; a picture that loads moves the end away from us.
    if (isNear) sticks.current = true;
    else if (box.scrollTop < lastTop.current) sticks.current = false;
    lastTop.current = box.scrollTop;
    if (isNear) setBehind(false);
  };

  return (
    <div class="transcript">
      <div class="scroller" ref={scroller} onScroll={onScroll} tabIndex={0} role="group" aria-label={texts('log')}>
        <div class="content" ref={content}>
          {isEmpty && <div class="intro"><p><bdi>{texts(view.isLoaded || view.line === 'idle' ? 'welcome' : 'loading')}</bdi></p></div>}
          <div role="log" aria-label={texts('log')} aria-live={view.isLoaded ? 'polite' : 'off'} aria-relevant="additions" class="log">
            {messages.map((message, index) => {
              const before = messages[index - 1];
              const isNewDay = before === undefined || !isSameDay(before.at, message.at);
              return [
                isNewDay && <div class="day" key={`day ${message.clientId ?? message.id}`}><span dir="auto">{texts.day(message.at)}</span></div>,
                <Bubble
                  key={message.clientId ?? message.id} message={message} isNewestOwn={message === newestOwn} isSeen={message.seq > 0 && message.seq <= view.seen}
                  place={{ isFirst: !belongTogether(before, message), isLast: !belongTogether(message, messages[index + 1]) || message === newestOwn, onPress, onEnlarge }}
                />,
              ];
            })}
            {pending.map((one, index) => <PendingBubble key={one.clientId} pending={one} isFirst={index === 0 && last?.from !== 'own'} onRetry={() => conversation.retry(one.clientId)} />)}
          </div>
          {view.typing !== undefined && !isWaiting && (
            <div class="row bot typing"><div class="bubble"><span class="hidden">{texts('typing', { name: view.typing.name || texts('bot') })}</span><i /><i /><i /></div></div>
          )}
          {choices.length > 0 && (
            <div class="choices" role="group" aria-label={texts('choices')}>
              {choices.map((choice) => <button type="button" dir="auto" onClick={() => onPress(choice)}>{choice.title}</button>)}
            </div>
          )}
        </div>
      </div>
      {isBehind && <button type="button" class="newest" onClick={toEnd}><Icon name="down" />{texts('newest')}</button>}
      {enlarged && <Viewer {...enlarged} onClose={() => setEnlarged(undefined)} />}
    </div>
  );
}
