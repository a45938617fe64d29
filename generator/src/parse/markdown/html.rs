//! A tag of HTML that an author wrote: what it wraps, and how Markdown says the same.

/// A tag in a text.
pub(super) struct Tag<'a> {
    /// Its name in small letters, empty for a comment or a lone mark.
    pub(super) name: String,
    /// Whether it is `</name>`.
    pub(super) closes: bool,
    /// What follows it up to its closing tag, when that one stands on the same line.
    pub(super) inside: Option<&'a str>,
    /// Length in bytes, with its closing tag when that one stands on the same line.
    pub(super) len: usize,
    /// Whether it waits for a closing tag further down.
    pub(super) waits: bool,
}

/// Tags that never close.
const VOID: [&str; 6] = ["br", "hr", "img", "input", "link", "meta"];

/// Reads the tag at the start of `text`, which goes on to the end of the file.
pub(super) fn tag(text: &str) -> Tag<'_> {
    let line = text.lines().next().unwrap_or_default();
    let own = line.find('>').map_or(line.len(), |at| at + 1);
    let rest = line.trim_start_matches('<');
    let closes = rest.starts_with('/');
    let name: String = rest
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase();
    let close = format!("</{name}>");
    let alone = closes || name.is_empty() || VOID.contains(&name.as_str()) || line[..own].ends_with("/>");
    let at = (!alone)
        .then(|| line[own..].to_lowercase().find(&close))
        .flatten();
    let inside = at.and_then(|at| line.get(own..own + at));
    Tag {
        len: inside.map_or(own, |inside| own + inside.len() + close.len()),
        waits: !alone && inside.is_none(),
        name,
        closes,
        inside,
    }
}

/// What to write instead of a tag whose source opens with `text`.
pub(super) fn cure(tag: &Tag, text: &str) -> String {
    let words = tag
        .inside
        .map(str::trim)
        .filter(|words| !words.is_empty() && !words.contains('<'));
    let words = words.unwrap_or("vos mots");
    let instead = match tag.name.as_str() {
        "b" | "strong" => format!("**{words}**"),
        "i" | "em" => format!("*{words}*"),
        "code" | "kbd" => format!("`{words}`"),
        "a" => format!("[{words}]({})", attribute(text, "href").unwrap_or("adresse")),
        "img" => format!(
            "![Ce que montre l'image]({})",
            attribute(text, "src").unwrap_or("/images/…")
        ),
        "h1" | "h2" => format!("## {words}"),
        "h3" | "h4" | "h5" | "h6" => format!("### {words}"),
        "li" | "ul" | "ol" => return "Écrivez une ligne par élément, qui commence par « - ».".to_owned(),
        "br" | "p" => {
            return "Retirez la balise, et laissez une ligne vide entre deux paragraphes.".to_owned();
        }
        "table" | "tr" | "td" | "th" => {
            return "Écrivez le tableau avec des barres « | », entre « :::tableau{légende=\"Ce que montre le tableau\"} » et « ::: ».".to_owned();
        }
        "" => return "Retirez-le.".to_owned(),
        name => {
            let both = if tag.waits {
                format!(" et « </{name}> »")
            } else {
                String::new()
            };
            return format!(
                "Retirez « <{name}> »{both}, et gardez le texte. Pour un cadre, écrivez « :::encart », le texte, puis « ::: »."
            );
        }
    };
    format!("Écrivez « {instead} ».")
}

/// The value of an attribute of the first tag.
fn attribute<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let tag = text.split('>').next()?;
    let (_, rest) = tag.split_once(&format!("{name}="))?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest[1..].split(quote).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_common_tag_has_its_markdown() {
        for (html, markdown) in [
            ("<b>bail</b> signé", "Écrivez « **bail** »."),
            ("<EM>tout</EM>", "Écrivez « *tout* »."),
            (
                "<a href=\"/guides/bail/\">le bail</a>",
                "Écrivez « [le bail](/guides/bail/) ».",
            ),
            ("<h2>La règle</h2>", "Écrivez « ## La règle »."),
            ("<b>sur deux\nlignes</b>", "Écrivez « **vos mots** »."),
        ] {
            assert_eq!(cure(&tag(html), html), markdown);
        }
        assert!(cure(&tag("<br>"), "<br>").contains("ligne vide"));
        assert!(cure(&tag("<div>\nx"), "<div>\nx").contains("« <div> » et « </div> »"));
    }

    #[test]
    fn a_pair_on_one_line_is_one_tag() {
        let pair = tag("<b>bail</b> signé");
        assert_eq!((pair.len, pair.waits, pair.closes), (11, false, false));
        assert!(tag("<div>\nx\n</div>").waits);
        assert!(!tag("<br>").waits && !tag("<!-- x -->").waits && tag("</b>").closes);
    }
}
