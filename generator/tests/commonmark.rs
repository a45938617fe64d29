//! What we accept of Markdown is CommonMark: every example of the official specification gives its HTML, but for
//! the deviations that `docs/commonmark.md` lists one by one.

#![expect(
    clippy::disallowed_methods,
    reason = "the walls of `clippy.toml` are for the code"
)]

use generator::body::Directive;
use generator::diagnostic::{Diagnostic, Diagnostics};
use generator::parse::markdown;
use generator::render::markdown::{Host, Place, html};
use generator::source::Source;
use scraper::{ElementRef, Html, Node};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// One example of the specification.
struct Example {
    number: usize,
    section: String,
    markdown: String,
    html: String,
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Reads the examples: 32 backquotes, the text, a line with one point, the HTML. An arrow stands for a tab.
fn examples() -> Vec<Example> {
    let path = repository().join("tests/node_modules/commonmark-spec/spec.txt");
    let text = std::fs::read_to_string(path).expect("`npm ci --prefix tests` was run");
    let fence = "`".repeat(32);
    let mut found = Vec::new();
    let mut section = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("<!-- END TESTS") {
            break;
        }
        if line.starts_with(&fence) {
            let mut parts = [String::new(), String::new()];
            let mut part = 0;
            for line in lines.by_ref().take_while(|line| !line.starts_with(&fence)) {
                if line == "." && part == 0 {
                    part = 1;
                } else {
                    let _ = writeln!(parts[part], "{}", line.replace('→', "\t"));
                }
            }
            let [markdown, html] = parts;
            found.push(Example {
                number: found.len() + 1,
                section: section.clone(),
                markdown,
                html,
            });
        } else if let Some(title) = line.strip_prefix('#') {
            section = title.trim_start_matches('#').trim().to_owned();
        }
    }
    found
}

/// Directives and slots do not occur in the specification.
struct Plain;

impl Host for Plain {
    fn slot(&self, words: &str) -> String {
        words.to_owned()
    }
    fn directive(&self, _: &Directive, _: Place, body: &str) -> Result<String, Diagnostic> {
        Ok(body.to_owned())
    }
    fn image(&self, address: &str) -> String {
        address.to_owned()
    }
}

/// Our HTML of a text, and whether raw HTML was refused in it.
fn ours(text: &str) -> (String, bool) {
    let source = Source::new("spec.md", text);
    let mut faults = Diagnostics::default();
    let body = markdown::parse(&source, 0..text.len(), &[], &mut faults);
    let refused = faults.iter().any(|fault| fault.rule == "html-brut");
    (html(&body, 1, &Plain, &mut Diagnostics::default()), refused)
}

/// The HTML as a reader gets it: a tree without the differences that hold everywhere (levels and anchors of headings,
/// words about the new window of a link, French spaces and apostrophes, white space between blocks).
fn meaning(html: &str) -> String {
    let mut out = String::new();
    inside(Html::parse_fragment(html).root_element(), false, &mut out);
    trim(&mut out);
    out
}

fn inside(element: ElementRef, in_code: bool, out: &mut String) {
    for child in element.children() {
        match (ElementRef::wrap(child), child.value()) {
            (Some(child), _) => tag(child, in_code, out),
            (None, Node::Text(text)) if in_code => out.push_str(text),
            (None, Node::Text(text)) => words(text, out),
            (None, _) => out.push_str("<?>"),
        }
    }
}

fn tag(element: ElementRef, in_code: bool, out: &mut String) {
    let value = element.value();
    let heading = value.name().len() == 2 && value.name().starts_with('h') && value.name() != "hr";
    let name = if heading { "h" } else { value.name() };
    if !INLINE.contains(&name) {
        trim(out);
    }
    let _ = write!(out, "<{name}");
    for (key, value) in value.attrs() {
        let window = name == "a" && key == "title" && value.ends_with("nouvelle fenêtre");
        if !window
            && !matches!(
                (name, key),
                ("h", "id") | ("a", "target" | "rel") | ("img", "class")
            )
        {
            let _ = write!(out, " {key}={value:?}");
        }
    }
    out.push('>');
    let code = in_code || matches!(name, "pre" | "code");
    inside(element, code, out);
    if !code {
        trim(out);
    }
    let _ = write!(out, "</{name}>");
}

/// Elements that stand in a line of words: the space before them counts.
const INLINE: [&str; 6] = ["a", "code", "em", "img", "strong", "br"];

/// Words with single spaces, as they were before French typography.
fn words(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '\u{a0}' | '\u{202f}' | ' ' | '\n' | '\t' => {
                if !out.ends_with([' ', '>']) {
                    out.push(' ');
                }
            }
            ';' | ':' | '!' | '?' | '»' | '%' => {
                trim(out);
                out.push(c);
            }
            '’' => out.push('\''),
            '…' => out.push_str("..."),
            c => out.push(c),
        }
    }
}

fn trim(out: &mut String) {
    out.truncate(out.trim_end_matches([' ', '\n']).len());
}

/// Why an example does not give the HTML of the specification.
fn deviation(example: &Example) -> Option<&'static str> {
    let (ours, refused) = ours(&example.markdown);
    let (ours, theirs) = (meaning(&ours), meaning(&example.html));
    if ours == theirs {
        None
    } else if refused {
        Some("balise HTML, refusée avec un message (`html-brut`)")
    } else if without_image_titles(&theirs) == ours {
        Some("titre d'image, laissé de côté : une infobulle ne se lit ni au clavier ni au doigt")
    } else {
        Some("SANS RAISON CONNUE")
    }
}

fn without_image_titles(meaning: &str) -> String {
    let mut out = String::new();
    for (at, part) in meaning.split("<img").enumerate() {
        if at == 0 {
            out.push_str(part);
            continue;
        }
        let (tag, rest) = part.split_once('>').unwrap_or((part, ""));
        let tag = tag.split(" title=").next().unwrap_or(tag);
        let _ = write!(out, "<img{tag}>{rest}");
    }
    out
}

fn page(examples: &[Example]) -> String {
    let mut lines = String::new();
    let mut count = 0;
    for example in examples {
        if let Some(why) = deviation(example) {
            count += 1;
            let _ = writeln!(lines, "| {} | {} | {why} |", example.number, example.section);
        }
    }
    format!(
        "# Markdown et CommonMark\n\n\
         Les textes du site sont écrits en CommonMark 0.31.2, avec les tableaux et les notes de bas de page.\n\
         Cette page est écrite par `COMMONMARK=ecrire cargo test -p generator --test commonmark` : ne la corrigez pas à la main.\n\n\
         Des {} exemples de la spécification, {} donnent le même document. Partout, et c'est voulu :\n\n\
         - le premier niveau de titre est celui de la page : « # » est une erreur (`titre-niveau`), chaque titre a une ancre ;\n\
         - un lien vers un autre site s'ouvre dans une nouvelle fenêtre et le dit ;\n\
         - la typographie française est faite pour l'auteur : espaces insécables, apostrophes, points de suspension.\n\n\
         Les {count} autres, un par un :\n\n\
         | Exemple | Chapitre | Écart |\n|---|---|---|\n{lines}",
        examples.len(),
        examples.len() - count
    )
}

#[test]
fn the_specification_holds_but_for_the_listed_deviations() {
    let examples = examples();
    assert!(examples.len() > 600, "{} examples", examples.len());
    let page = page(&examples);
    assert!(!page.contains("SANS RAISON CONNUE"), "{page}");
    let path = repository().join("docs/commonmark.md");
    if std::env::var_os("COMMONMARK").is_some() {
        std::fs::write(&path, &page).expect("written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/commonmark.md is not what we do any more");
}
