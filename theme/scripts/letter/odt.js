// A letter as an OpenDocument text (ODF 1.2), made in the browser: what is typed never leaves the device.

import { zip } from "./zip.js";

/** What the file is, for the archive and for the browser. */
export const TYPE = "application/vnd.oasis.opendocument.text";

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const SPACES = { office: "office", text: "text", style: "style", meta: "meta", fo: "xsl-fo-compatible", svg: "svg-compatible" };

/** The namespaces of an XML part of the document, and the version of the format. */
function names(...used) {
  const spaces = used.map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${SPACES[name]}:1.0"`);
  return `${spaces.join(" ")} office:version="1.2"`;
}

const MANIFEST = `${HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="${TYPE}"/>
${["content", "styles", "meta"].map((part) => `<manifest:file-entry manifest:full-path="${part}.xml" manifest:media-type="text/xml"/>`).join("\n")}
</manifest:manifest>`;

const STYLES = `${HEAD}<office:document-styles ${names("office", "style", "fo", "svg")}>
<office:font-face-decls><style:font-face style:name="Sans" svg:font-family="'Liberation Sans', Arial" style:font-family-generic="swiss" style:font-pitch="variable"/></office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties fo:margin-top="0cm" fo:margin-bottom="0.35cm" fo:line-height="120%"/><style:text-properties style:font-name="Sans" fo:font-size="11pt" fo:language="fr" fo:country="FR"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph" style:class="text"/>
</office:styles>
<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" style:print-orientation="portrait" fo:margin="2.5cm"/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"/></office:master-styles>
</office:document-styles>`;

const NAMED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text for XML: marks escaped; characters that XML refuses left out. */
const escape = (text) => text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "").replace(/[&<>"]/g, (mark) => NAMED[mark]);

/** Line ends, tabs and rows of spaces have elements of their own: as characters, they would shrink to one space. */
function paragraph(text) {
  const lines = escape(text)
    .replace(/\r\n?/g, "\n")
    .replace(/^ | {2,}/gm, (spaces) => `<text:s text:c="${spaces.length}"/>`)
    .replace(/\t/g, "<text:tab/>")
    .replace(/\n/g, "<text:line-break/>");
  return `<text:p text:style-name="Standard">${lines}</text:p>`;
}

const content = (paragraphs) => `${HEAD}<office:document-content ${names("office", "text")}>
<office:body><office:text>
${paragraphs.map(paragraph).join("\n")}
</office:text></office:body>
</office:document-content>`;

const meta = (title, date) => `${HEAD}<office:document-meta ${names("office", "meta")} xmlns:dc="http://purl.org/dc/elements/1.1/">
<office:meta><dc:title>${escape(title)}</dc:title><dc:language>fr-FR</dc:language><meta:creation-date>${date.toISOString().slice(0, 19)}Z</meta:creation-date></office:meta>
</office:document-meta>`;

/** The bytes of the file: `paragraphs` are texts, whose line ends are kept; `date` is the time of making. */
export function odt(title, paragraphs, date = new Date()) {
  // The type comes first and uncompressed, so that programs know the file by its first bytes (ODF 1.2, part 3, 3.3).
  const files = [
    ["mimetype", TYPE],
    ["META-INF/manifest.xml", MANIFEST],
    ["content.xml", content(paragraphs)],
    ["styles.xml", STYLES],
    ["meta.xml", meta(title, date)],
  ];
  return zip(files, date);
}
