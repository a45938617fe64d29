// Loaded before the content manager: what it would ask of a content network is asked of this server.
const AWAY = /^https:\/\/unpkg\.com\/@sveltia\/cms(?:@[^/]+)?\//;
const fetchHere = window.fetch.bind(window);
window.fetch = (request, options) => {
  const address = typeof request === 'string' ? request : request?.url;
  return typeof address === 'string' && AWAY.test(address)
    ? fetchHere(address.replace(AWAY, '/admin/sveltia/'), options)
    : fetchHere(request, options);
};

// The tool follows the language of the browser; its readers write in French unless they chose otherwise.
const PREFERENCES = 'sveltia-cms.prefs';
const preferences = JSON.parse(window.localStorage.getItem(PREFERENCES) ?? '{}');
if (!preferences.locale) {
  window.localStorage.setItem(PREFERENCES, JSON.stringify({ ...preferences, locale: 'fr' }));
}
