// Eleventy as its users set it up: Nunjucks layouts, Markdown read by markdown-it, one collection sorted once.

/** What a heading is called in an address. */
const named = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

export default function (config) {
  /** Headings of each page, by its source: what its contents are made of. */
  const contents = new Map();
  config.amendLibrary("md", (markdown) => {
    markdown.core.ruler.push("contents", ({ tokens, env }) => {
      const found = [];
      tokens.forEach((token, at) => {
        if (token.type !== "heading_open" || !/h[23]/.test(token.tag)) return;
        const title = tokens[at + 1].content;
        token.attrSet("id", named(title));
        const entry = { id: named(title), title, inner: [] };
        (token.tag === "h3" && found.length ? found.at(-1).inner : found).push(entry);
      });
      contents.set(env.page.inputPath, found);
    });
  });
  config.addFilter("contents", (path) => contents.get(path));
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("french", (date) => date.toISOString().slice(0, 10).split("-").reverse().join("/"));
  config.addFilter("latest", (all) => [...all].sort((one, other) => other.date - one.date).slice(0, 20));
  config.addCollection("guides", (all) => {
    const guides = all.getFilteredByTag("guide").sort((one, other) => one.data.weight - other.data.weight);
    guides.forEach((guide, at) => {
      guide.data.previous = guides[at - 1];
      guide.data.next = guides[at + 1];
    });
    return guides;
  });
  config.setUseGitIgnore(false);
  return {
    dir: { input: "content", includes: "../includes", data: "../data" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: false,
  };
}
