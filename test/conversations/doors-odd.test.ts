import { holdEverywhere } from './everywhere.js';

holdEverywhere(1);
