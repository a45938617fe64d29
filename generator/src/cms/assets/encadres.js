// The directives, as components that the editor inserts and edits. Written by the generator from its own list.
const ENCADRES = @@ENCADRES@@;

const upper = (word) => word.charAt(0).toUpperCase() + word.slice(1).replaceAll('-', ' ');
const quoted = (value) => `"${String(value).replaceAll('"', '’').replaceAll('\n', ' ')}"`;

/** `{type=attention legende="Les délais"}` to an object. */
function readKeys(text) {
  const keys = {};
  for (const [, name, long, short] of (text ?? '').matchAll(/([\p{L}-]+)=(?:"([^"]*)"|([^\s}]+))/gu)) {
    keys[name.normalize('NFD').replace(/\p{M}/gu, '')] = long ?? short;
  }
  return keys;
}

for (const { nom, affiche, autres, cles, titre } of ENCADRES) {
  const names = [affiche, nom, ...autres].join('|');
  const fields = cles.map((key) => ({
    name: key.nom,
    label: upper(key.nom),
    required: key.requis,
    ...(key.valeurs.length ? { widget: 'select', options: key.valeurs } : { widget: 'string' }),
  }));
  if (titre !== 'aucun') fields.push({ name: 'titre', label: 'Titre', widget: 'string', required: titre === 'requis' });
  fields.push({ name: 'texte', label: 'Texte', widget: 'text', required: false });
  CMS.registerEditorComponent({
    id: nom,
    label: upper(affiche),
    fields,
    // A directive that holds another one stays as text: nothing of it can be lost.
    pattern: new RegExp(`^:::(?:${names})(\\{[^}\\n]*\\})?[ \\t]*([^\\n]*)\\n((?:(?!^:::)[\\s\\S])*?)^:::[ \\t]*$`, 'm'),
    fromBlock: (match) => ({ ...readKeys(match[1]), titre: match[2] ?? '', texte: (match[3] ?? '').trimEnd() }),
    toBlock: (data) => {
      const keys = cles.filter((key) => data[key.nom]).map((key) => `${key.nom}=${quoted(data[key.nom])}`);
      const head = `:::${affiche}${keys.length ? `{${keys.join(' ')}}` : ''}`;
      const line = titre !== 'aucun' && data.titre ? `${head} ${data.titre}` : head;
      return `${line}\n${data.texte ? `${data.texte.trimEnd()}\n` : ''}:::`;
    },
    toPreview: (data) => data.texte || affiche,
  });
}
