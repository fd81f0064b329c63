import { useEffect, useState } from 'preact/hooks';
import type { Times } from '../../domain/metrics/figures.js';
import { api } from './api.js';
import { Bars, Columns, Stack } from './charts.js';
import { failureText } from './gate.js';
import { intentsOver, satisfiedOf, settledOf, shareOf, type InsightsAnswer } from './insights-data.js';
import { Card, Tile, useFormats } from './insights-parts.js';
import type { Live } from './live.js';
import { useReading } from './reading.js';
import { useWords } from './texts.js';

const dayMs = 86_400_000;
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const presets = [7, 30, 90];
const colours = ['accent', 'link', 'warn', 'bad', 'good', 'ink', 'rest'];

/** For those who lead: how the service does, at a glance, with what each number means beside it. */
export function Insights({ live }: { readonly live: Live }) {
  const words = useWords();
  const today = dayOf(Date.now());
  const [days, setDays] = useState(30);
  const [own, setOwn] = useState({ from: dayOf(Date.now() - 29 * dayMs), to: today });
  const span = days === 0 ? own : { from: dayOf(Date.now() - (days - 1) * dayMs), to: today };
  const query = `from=${span.from}&to=${span.to}`;
  const found = useReading(`insights ${query}`, () => api.insights(query), live, () => false);
  useEffect(() => {
    document.title = `${words('insights')} · ${words('brand')}`;
  }, [words]);
  return (
    <main class="insights">
      <header class="insights-head">
        <h1>{words('insights')}</h1>
        <form class="insights-span" onSubmit={(event) => event.preventDefault()}>
          <label><span class="hidden">{words('insights.period')}</span>
            <select value={String(days)} onChange={({ currentTarget }) => setDays(Number(currentTarget.value))}>
              {presets.map((preset) => <option key={preset} value={String(preset)}>{words('insights.last', { days: preset })}</option>)}
              <option value="0">{words('insights.own')}</option>
            </select>
          </label>
          {days === 0 && <>
            <label>{words('insights.from')} <input type="date" value={own.from} max={own.to} onChange={({ currentTarget }) => currentTarget.value !== '' && setOwn({ ...own, from: currentTarget.value })} /></label>
            <label>{words('insights.to')} <input type="date" value={own.to} min={own.from} max={today} onChange={({ currentTarget }) => currentTarget.value !== '' && setOwn({ ...own, to: currentTarget.value })} /></label>
          </>}
          <span class="insights-files"><a class="button" href={`/desk/api/insights.csv?${query}`} download>{words('insights.download')} CSV</a><a class="button" href={`/desk/api/insights.json?${query}`} download>{words('insights.download')} JSON</a></span>
        </form>
      </header>
      <p class="failure" role="alert">{found.failed ? failureText(found.failed, words) : ''}</p>
      {found.data ? <Page data={found.data} /> : !found.failed && <p class="faint" role="status">{words('loading')}</p>}
    </main>
  );
}

function Page({ data }: { readonly data: InsightsAnswer }) {
  const words = useWords();
  const { figures, before } = data;
  const { percent, before: earlier, span, money } = useFormats();
  const [only, setOnly] = useState({ locale: '', channel: '' });
  const settled = settledOf(figures);
  const contained = (one: typeof figures): number | null => shareOf(one.contacts.confirmed + one.contacts.assumed, settledOf(one));
  const { satisfaction, disputes, notUnderstood } = figures;
  const over = intentsOver(figures, only, 6, (day) => words.day(day));
  const intentName = (intent: string): string => (intent === '' ? words('insights.rest') : words.term('intent', intent));
  const locales = [...new Set(figures.intents.map(({ locale }) => locale))].sort();
  const channels = [...new Set(figures.intents.map(({ channel }) => channel))].sort();
  const choose = (label: string, value: string, options: readonly (readonly [string, string])[], onValue: (value: string) => void) => (
    <label><span class="hidden">{label}</span><select value={value} onChange={({ currentTarget }) => onValue(currentTarget.value)}><option value="">{label}: {words('insights.all')}</option>{options.map(([key, name]) => <option key={key} value={key}>{name}</option>)}</select></label>
  );
  const times = (now: Times, then: Times) => (
    <>
      <dl class="pair"><div><dt>{words('insights.median')}</dt><dd>{span(now.medianMs)} <span class="faint">{earlier(span(then.medianMs))}</span></dd></div><div><dt>{words('insights.p90')}</dt><dd>{span(now.p90Ms)}</dd></div></dl>
      <Stack label={words('insights.in-time')} share={(part, whole) => percent(shareOf(part, whole))} parts={[{ name: words('insights.in-time'), value: now.inTime, colour: 'good' }, { name: words('insights.late'), value: now.late, colour: 'bad' }]} />
    </>
  );
  return (
    <>
      {data.isShopAway && <p class="lost" role="status">{words('insights.shop-away')}</p>}
      <dl class="tiles">
        <Tile name={words('insights.contained')} value={percent(contained(figures))} more={words('insights.contained.of', { confirmed: percent(shareOf(figures.contacts.confirmed, settled)), assumed: percent(shareOf(figures.contacts.assumed, settled)) })} note={earlier(percent(contained(before)))} />
        <Tile name={words('insights.durable')} value={percent(shareOf(figures.durable.held, figures.durable.solved))} note={earlier(percent(shareOf(before.durable.held, before.durable.solved)))} />
        <Tile name={words('insights.satisfaction')} value={percent(satisfiedOf(figures))} note={earlier(percent(satisfiedOf(before)))} />
        <Tile name={words('insights.first')} value={span(figures.firstAnswer.medianMs)} note={earlier(span(before.firstAnswer.medianMs))} />
        <Tile name={words('insights.defects')} value={percent(shareOf(figures.defects.defective, figures.defects.orders))} note={earlier(percent(shareOf(before.defects.defective, before.defects.orders)))} />
      </dl>
      <div class="cards">
        <Card id="contacts" isWide isEmpty={settled + figures.contacts.running + figures.contacts.nothing === 0}>
          <Stack label={words('insights.contacts')} share={(part, whole) => percent(shareOf(part, whole))} parts={[
            { name: words('insights.outcome.confirmed'), value: figures.contacts.confirmed, colour: 'accent' }, { name: words('insights.outcome.assumed'), value: figures.contacts.assumed, colour: 'soft' },
            { name: words('insights.outcome.handed-over'), value: figures.contacts['handed-over'], colour: 'link' }, { name: words('insights.outcome.unsolved'), value: figures.contacts.unsolved, colour: 'bad' },
          ]} />
          <p class="faint">{words('insights.contacts.count', { count: settled })} ({earlier(String(settledOf(before)))}) · {words('insights.outcome.running')}: {figures.contacts.running} · {words('insights.outcome.nothing')}: {figures.contacts.nothing}</p>
        </Card>
        <Card id="durable" isEmpty={figures.durable.solved === 0}>
          <Bars most={1} bars={[{ key: 'held', name: words('insights.durable.of', { held: figures.durable.held, solved: figures.durable.solved }), value: shareOf(figures.durable.held, figures.durable.solved) ?? 0, text: percent(shareOf(figures.durable.held, figures.durable.solved)), before: earlier(percent(shareOf(before.durable.held, before.durable.solved))) }]} />
        </Card>
        <Card id="handovers" isEmpty={figures.handOvers.length === 0}>
          <Bars bars={figures.handOvers.map(({ reason, count }) => ({ key: reason, name: words.term('reason', reason), value: count, text: String(count), colour: 'link', before: earlier(String(before.handOvers.find((one) => one.reason === reason)?.count ?? 0)) }))} />
        </Card>
        <Card id="first" isEmpty={figures.firstAnswer.count + figures.firstAnswer.late === 0}>{times(figures.firstAnswer, before.firstAnswer)}</Card>
        <Card id="resolution" isEmpty={figures.resolution.count + figures.resolution.late === 0}>{times(figures.resolution, before.resolution)}</Card>
        <Card id="satisfaction" isEmpty={satisfaction.asked === 0}>
          <Stack label={words('insights.satisfaction')} share={(part, whole) => percent(shareOf(part, whole))} parts={[
            { name: words('insights.rating.good'), value: satisfaction.good - satisfaction.reopened, colour: 'good' }, { name: words('insights.rating.reopened'), value: satisfaction.reopened, colour: 'warn' },
            { name: words('insights.rating.bad'), value: satisfaction.bad, colour: 'bad' }, { name: words('insights.rating.silent'), value: satisfaction.asked - satisfaction.good - satisfaction.bad, colour: 'rest' },
          ]} />
        </Card>
        <Card id="refusals" isEmpty={figures.refusals.length === 0}>
          <Bars bars={figures.refusals.slice(0, 8).map(({ rule, count }) => ({ key: rule, name: words.term('rule', rule), value: count, text: String(count), colour: 'warn', before: earlier(String(before.refusals.find((one) => one.rule === rule)?.count ?? 0)) }))} />
        </Card>
        <Card id="intents" isWide isEmpty={figures.intents.length === 0}>
          <div class="insights-only">
            {choose(words('insights.language'), only.locale, locales.map((locale) => [locale, words.languageName(locale)]), (locale) => setOnly({ ...only, locale }))}
            {choose(words('insights.channel'), only.channel, channels.map((channel) => [channel, words.term('channel', channel)]), (channel) => setOnly({ ...only, channel }))}
          </div>
          <Columns label={words('insights.intents')} columns={over.columns} colours={[...colours.slice(0, over.series.length - 1), 'rest']} />
          <ul class="legend">{over.series.map(({ intent, count }, index) => count > 0 && <li key={intent}><span class={`dot back-${index === over.series.length - 1 ? 'rest' : colours[index] ?? 'rest'}`} aria-hidden="true" />{intentName(intent)} <b>{count}</b></li>)}</ul>
        </Card>
        <Card id="refunds" isEmpty={figures.refunds.length + figures.goodwill.length === 0}>
          <Bars bars={[...figures.refunds].sort((a, b) => b.amount - a.amount).map(({ flow, currency, amount, count }) => ({ key: `${flow} ${currency}`, name: `${words.term('insights-flow', flow)} (${count})`, value: amount, text: money(amount, currency), before: earlier(money(before.refunds.find((one) => one.flow === flow && one.currency === currency)?.amount ?? 0, currency)) }))} />
          {figures.goodwill.map(({ kind, currency, amount, count }) => <p key={`${kind} ${currency}`} class="faint">{words(`insights.goodwill.${kind}`)}: <b>{kind === 'coupon' ? count : `${money(amount, currency)} (${count})`}</b></p>)}
        </Card>
        <Card id="defects" isEmpty={figures.defects.orders === 0}>
          <Bars most={1} bars={[{ key: 'defects', name: words('insights.defects.of', { some: figures.defects.defective, all: figures.defects.orders }), value: shareOf(figures.defects.defective, figures.defects.orders) ?? 0, text: percent(shareOf(figures.defects.defective, figures.defects.orders)), colour: 'bad', before: earlier(percent(shareOf(before.defects.defective, before.defects.orders))) }]} />
        </Card>
        <Card id="disputes" isEmpty={disputes.told.orders + disputes.untold.orders === 0}>
          <Bars most={Math.max(0.01, shareOf(disputes.told.disputed, disputes.told.orders) ?? 0, shareOf(disputes.untold.disputed, disputes.untold.orders) ?? 0)} bars={(['told', 'untold'] as const).map((which) => ({
            key: which, name: `${words(which === 'told' ? 'insights.disputes.told' : 'insights.disputes.untold')} (${words('insights.defects.of', { some: disputes[which].disputed, all: disputes[which].orders })})`,
            value: shareOf(disputes[which].disputed, disputes[which].orders) ?? 0, text: percent(shareOf(disputes[which].disputed, disputes[which].orders)), colour: which === 'told' ? 'accent' : 'bad',
          }))} />
        </Card>
        <Card id="missed" isWide isEmpty={notUnderstood.messages + notUnderstood.gaps === 0}>
          <dl class="pair"><div><dt>{words('insights.missed.unsure')}</dt><dd>{notUnderstood.unsure}</dd></div><div><dt>{words('insights.missed.out-of-scope')}</dt><dd>{notUnderstood.outOfScope}</dd></div><div><dt>{words('insights.missed.gaps')}</dt><dd>{notUnderstood.gaps}</dd></div></dl>
          <Bars bars={notUnderstood.byLocale.map(({ locale, messages, missed }) => ({ key: locale, name: `${words.languageName(locale)} (${words.list([String(messages)])})`, value: shareOf(missed, messages) ?? 0, text: percent(shareOf(missed, messages)), colour: 'warn' }))} most={1} />
        </Card>
      </div>
      <p class="faint">{words('insights.utc')}</p>
    </>
  );
}
