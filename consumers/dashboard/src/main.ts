import './styles/tokens.css';
import './styles/base.css';
import './styles/print.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { speak } from './format/locale.js';
import { followKeys } from './keys/keys.svelte.js';
import { load } from './pages/pages.js';
import { preferences } from './session/preferences.svelte.js';
import { begin } from './session/session.svelte.js';
import { followHistory, here, param } from './url/url.svelte.js';

// A link may say its language; else the browser's preference holds.
speak(() => {
  const asked = param('lang');
  return asked === 'uk' || asked === 'en' ? asked : preferences.locale;
});
// Who asks, and the files of the page that is asked for, are on their way while the frame is made.
void begin();
const { page } = here();
if (page !== 'login') load[page]().catch(() => {}); // App asks again, and says so
followHistory();
followKeys();
mount(App, { target: document.getElementById('app')! });
