import { useEffect, useState } from 'preact/hooks';
import { api } from './api.js';
import { Window, type Wanted } from './form-dialog.js';
import { useWords, type Words } from './texts.js';

/** A form there is. */
export interface FormName {
  readonly flow: string;
  readonly title: string;
}

/** What is done to an order most: offered with it, without searching. */
const ofOrders: readonly string[] = ['cancel-order', 'change-address', 'return-item', 'swap-items', 'remove-item', 'refund-only', 'price-adjustment', 'parcel-lost'];

/** Whether a flow begins with an order. */
export const isOfOrder = (flow: string | undefined): boolean => flow !== undefined && ofOrders.includes(flow);

/** Everything that can be done for a customer, by name in the agent's language. */
export function useForms(words: Words): readonly FormName[] {
  const [forms, setForms] = useState<readonly FormName[]>([]);
  useEffect(() => {
    let isGone = false;
    void api.forms(words.language).then((answer) => !isGone && setForms(answer.forms), () => undefined);
    return () => void (isGone = true);
  }, [words.language]);
  return forms;
}

/** What can be done with one order. */
export function OrderActions({ order, forms, onWanted }: { readonly order: string; readonly forms: readonly FormName[]; readonly onWanted: (wanted: Wanted) => void }) {
  const words = useWords();
  const offered = ofOrders.flatMap((flow) => forms.filter((form) => form.flow === flow));
  if (offered.length === 0) return null;
  return (
    <label class="order-actions"><span class="hidden">{words('form.of-order', { order })}</span>
      <select value="" onChange={({ currentTarget }) => {
        const flow = currentTarget.value;
        currentTarget.value = '';
        if (flow !== '') onWanted({ flow, order });
      }}>
        <option value="">{words('form.do-with')}</option>
        {offered.map(({ flow, title }) => <option key={flow} value={flow}>{title}</option>)}
      </select>
    </label>
  );
}

/** The list of everything that can be done, to find by a few letters. */
export function ActionPicker({ forms, onWanted, onClose }: { readonly forms: readonly FormName[]; readonly onWanted: (wanted: Wanted) => void; readonly onClose: () => void }) {
  const words = useWords();
  const [query, setQuery] = useState('');
  const found = forms.filter(({ title, flow }) => title.toLowerCase().includes(query.trim().toLowerCase()) || flow.includes(query.trim().toLowerCase()));
  return (
    <Window title={words('form.pick')} onClose={onClose} kind="picker">
      <form onSubmit={(event) => {
        event.preventDefault();
        if (found[0]) onWanted({ flow: found[0].flow });
      }}>
        <label class="hidden" for="pick">{words('filter')}</label>
        <input id="pick" type="search" autofocus autocomplete="off" placeholder={words('filter')} value={query} onInput={({ currentTarget }) => setQuery(currentTarget.value)} />
      </form>
      <ul class="picks">{found.map(({ flow, title }) => <li key={flow}><button class="pick" type="button" onClick={() => onWanted({ flow })}>{title}</button></li>)}</ul>
    </Window>
  );
}
