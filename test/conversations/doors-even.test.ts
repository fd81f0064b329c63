import { holdEverywhere } from './everywhere.js';

// Two files, so that both of a small machine's cores have talks to hold.
holdEverywhere(0);
