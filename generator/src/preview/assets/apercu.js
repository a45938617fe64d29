// Shows each change where the reader stands: the page is loaded again and scrolled back to its place.
const framed = window.top !== window;
const key = `apercu-position:${framed ? 'cadre' : 'page'}`;

function keepPlace() {
  sessionStorage.setItem(key, JSON.stringify([location.pathname, window.scrollX, window.scrollY]));
}

function findPlace() {
  const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
  sessionStorage.removeItem(key);
  if (!kept || kept[0] !== location.pathname) return;
  const scroll = () => window.scrollTo({ left: kept[1], top: kept[2], behavior: 'instant' });
  scroll();
  // Pictures and fonts that come late move the text: once more when all is there.
  if (document.readyState !== 'complete') window.addEventListener('load', scroll, { once: true });
}

if (framed) {
  document.documentElement.classList.add('apercu-cadre');
  // The frame follows links: its outer page must come back to the same place.
  const outer = new URL(window.parent.location.href);
  if (outer.pathname === '/_apercu/telephone' && outer.searchParams.get('page') !== location.pathname) {
    outer.searchParams.set('page', location.pathname);
    window.parent.history.replaceState(null, '', outer);
  }
}
findPlace();

let lost = false;
const changes = new EventSource('/_apercu/changements');
const again = () => { keepPlace(); location.reload(); };
changes.addEventListener('error', () => { lost = true; });
changes.addEventListener('open', () => { if (lost) again(); });
// A change elsewhere leaves this page as it is: it is loaded again only when it would be another one.
const state = document.querySelector('meta[name="apercu-etat"]')?.content;
async function look() {
  try {
    const answer = await fetch(location.href, { cache: 'no-store' });
    const text = await answer.text();
    if (!text.includes(`name="apercu-etat" content="${state}"`)) again();
  } catch {
    lost = true;
  }
}
changes.addEventListener('message', look);
