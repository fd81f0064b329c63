import { render } from 'preact';
import { App } from './app.js';
import './desk.css';
import './talk.css';
import './training.css';
import './insights.css';
import './team.css';

const place = document.getElementById('desk');
if (place) render(<App />, place);
