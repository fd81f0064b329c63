import { render } from 'preact';
import { App } from './app.js';
import './desk.css';
import './talk.css';
import './insights.css';

const place = document.getElementById('desk');
if (place) render(<App />, place);
