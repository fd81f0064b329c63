import { api } from './api.js';
import { useWords } from './texts.js';
import type { Card, Training } from './training-answers.js';

/** Models learned so far, each with the gate's word, its figures and its card. */
export function Models({ state }: { readonly state: Training['state'] }) {
  const words = useWords();
  const says = ({ id, outcome, at }: Card) => words(outcome === 'refused' ? 'training.refused' : id === state.current ? 'training.released' : 'training.left', { when: words.moment(at) });
  return (
    <section class="models" aria-labelledby="models-title">
      <h2 id="models-title">{words('training.models')}</h2>
      <ul>
        {state.cards.map((card) => (
          <li key={card.id}>
            <p class={card.outcome === 'refused' ? 'is-bad' : card.id === state.current ? 'is-good' : ''}>{says(card)}</p>
            <p class="faint"><bdi>{card.by.name}</bdi>{' · '}{words('training.added', { count: card.added.length })} <a href={api.cardUrl(card.id, 'md')} download>{words('training.card')}<span class="hidden"> {words.moment(card.at)}</span></a> <a href={api.cardUrl(card.id, 'json')} download>JSON<span class="hidden"> {words('training.card')} {words.moment(card.at)}</span></a></p>
            <details><summary>{words('training.figures')}<span class="hidden"> {words.moment(card.at)}</span></summary><Figures card={card} /></details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Figures({ card: { figures: { before, after }, gate } }: { readonly card: Card }) {
  const words = useWords();
  const percent = (share: number | undefined) => (share === undefined ? '–' : new Intl.NumberFormat(words.language, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(share));
  const isObjected = (locale: string, what: string) => gate.objections.some((one) => one.locale === locale && one.what === what);
  const change = (was: number | undefined, is: number, isBad: boolean) => <td class={isBad ? 'is-bad' : ''}><bdi>{percent(was)} → {percent(is)}</bdi></td>;
  return (
    <div class="figures">
      <table>
        <thead><tr><th scope="col">{words('language')}</th><th scope="col">{words('training.texts')}</th><th scope="col">{words('training.f1')}</th><th scope="col">{words('training.recall')}</th></tr></thead>
        <tbody>
          {Object.entries(after).map(([locale, is]) => (
            <tr key={locale}><th scope="row">{words.languageName(locale)}</th><td>{is.texts}</td>{change(before[locale]?.macroF1, is.macroF1, isObjected(locale, 'f1'))}{change(before[locale]?.outOfScopeRecall, is.outOfScopeRecall, isObjected('*', 'outOfScopeRecall'))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
