// The document made in the browser is a sound OpenDocument text, read here by Python's own zip and XML readers.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { odt, TYPE } from '../../theme/scripts/letter/odt.js';
import { crc32 } from '../../theme/scripts/letter/zip.js';

const READER = String.raw`
import json, sys, zipfile
from xml.etree import ElementTree
archive = zipfile.ZipFile(sys.argv[1])
first = open(sys.argv[1], 'rb').read(38 + 39)
TEXT = '{urn:oasis:names:tc:opendocument:xmlns:text:1.0}'
parts = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith('.xml')}
def words(node):
    own = {TEXT + 'line-break': '\n', TEXT + 'tab': '\t', TEXT + 's': ' ' * int(node.get(TEXT + 'c', 1))}.get(node.tag, '')
    return own + (node.text or '') + ''.join(words(child) + (child.tail or '') for child in node)
FO = '{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}'
STYLE = '{urn:oasis:names:tc:opendocument:xmlns:style:1.0}'
MANIFEST = '{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}'
page = next(parts['styles.xml'].iter(STYLE + 'page-layout-properties'))
font = next(parts['styles.xml'].iter(STYLE + 'text-properties'))
print(json.dumps({
    'broken': archive.testzip(),
    'names': archive.namelist(),
    'stored': all(entry.compress_type == 0 and not entry.extra for entry in archive.infolist()),
    'time': archive.infolist()[0].date_time,
    'mimetype': archive.read('mimetype').decode(),
    'magic': first[30:].decode('latin-1'),
    'paragraphs': [words(node) for node in parts['content.xml'].iter(TEXT + 'p')],
    'title': next(parts['meta.xml'].iter('{http://purl.org/dc/elements/1.1/}title')).text,
    'language': next(parts['meta.xml'].iter('{http://purl.org/dc/elements/1.1/}language')).text,
    'listed': [node.get(MANIFEST + 'full-path') for node in parts['META-INF/manifest.xml']],
    'page': [page.get(FO + name) for name in ('page-width', 'page-height', 'margin')],
    'font': [font.get(FO + name) for name in ('font-size', 'language', 'country')],
}))
`;

function read(bytes) {
  const folder = mkdtempSync(join(tmpdir(), 'odt-'));
  try {
    const file = join(folder, 'letter.odt');
    writeFileSync(file, bytes);
    const { status, stdout, stderr } = spawnSync('python3', ['-c', READER, file], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const TITLE = 'Réclamer « l’argent » & <la suite>';
const LETTER = [
  'Camille Martin\n12 rue de l’Église\n93100 Montreuil',
  'Objet : <retard> & "dépôt" — 1 300,00 €',
  '  deux espaces  encore\n fin\tet tabulation 😀',
];

test('the document opens, and says the letter word for word', () => {
  const found = read(odt(TITLE, LETTER, new Date(2026, 10, 23, 14, 5, 8)));
  assert.equal(found.broken, null);
  assert.deepEqual(found.paragraphs, LETTER);
  assert.deepEqual([found.title, found.language], [TITLE, 'fr-FR']);
  assert.deepEqual(found.time, [2026, 11, 23, 14, 5, 8]);
});

test('its type stands first, uncompressed, where programs look for it', () => {
  const found = read(odt(TITLE, LETTER));
  assert.deepEqual(found.names, ['mimetype', 'META-INF/manifest.xml', 'content.xml', 'styles.xml', 'meta.xml']);
  assert.ok(found.stored);
  assert.equal(found.mimetype, TYPE);
  assert.equal(found.magic, `mimetype${TYPE}`);
  assert.deepEqual(found.listed, ['/', 'content.xml', 'styles.xml', 'meta.xml']);
});

test('it is an A4 page in French, with margins of 2.5 cm', () => {
  const found = read(odt(TITLE, LETTER));
  assert.deepEqual(found.page, ['21cm', '29.7cm', '2.5cm']);
  assert.deepEqual(found.font, ['11pt', 'fr', 'FR']);
});

test('what XML cannot hold is left out, and the rest stays', () => {
  const found = read(odt('a\u0000b', ['un\u0001 \u001bdeux\ufffe', 'seul \ud800 demi', 'ligne\r\nligne\rligne']));
  assert.equal(found.title, 'ab');
  assert.deepEqual(found.paragraphs, ['un deux', 'seul  demi', 'ligne\nligne\nligne']);
});

test('the sums are those of the standard', () => {
  const bytes = new TextEncoder().encode('123456789');
  assert.equal(crc32(bytes), 0xcbf43926);
});
