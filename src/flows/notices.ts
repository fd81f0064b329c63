import { defineAnswerFlow } from '../dialogue/flow.js';
import { OFF, ON } from '../domain/words/notices.js';
import { noticesOffChoice, noticesOnChoice } from './notice-wording.js';

/** The customer does not want to be written to unasked: at once, without a question, and back with one press. */
export const noticesOff = defineAnswerFlow({
  id: 'notices-off',
  needs: 'L0',
  slots: {},
  refusals: [],
  words: OFF,
  stopsNotices: true,
  answer: async () => ({ say: [{ key: 'notices-off.done', choices: [noticesOnChoice] }], notices: 'off' }),
});

/** The customer may be written to unasked again. */
export const noticesOn = defineAnswerFlow({
  id: 'notices-on',
  needs: 'L0',
  slots: {},
  refusals: [],
  words: ON,
  answer: async () => ({ say: [{ key: 'notices-on.done', choices: [noticesOffChoice] }], notices: 'on' }),
});
