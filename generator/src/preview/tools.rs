//! The pages of the preview itself: a phone's width, the texts to read again, the page of a rule.

use super::faults::{Concerns, shown_at};
use super::{Shown, overlay};
use crate::check::explain;
use crate::parse::dates;
use crate::render::words::escape;
use crate::review::Due;
use jiff::ToSpan;
use std::fmt::Write;

/// Days ahead that the list of texts to read again looks.
const AHEAD: i32 = 60;

/// A page in a frame as wide as a phone: 320 pixels (the narrowest that counts) or 390.
#[must_use]
pub fn phone(page: &str, wide: bool, shown: &Shown) -> String {
    // Only pages of this site: anything else would be framed on behalf of another.
    let page = if page.starts_with('/') && !page.starts_with("//") && !page.contains('\\') {
        escape(page)
    } else {
        "/".to_owned()
    };
    let (class, width, other) = if wide {
        (
            "moyen",
            390,
            format!("<a href=\"/_apercu/telephone?page={page}\">Essayer à 320 pixels</a>"),
        )
    } else {
        (
            "petit",
            320,
            format!("<a href=\"/_apercu/telephone?page={page}&amp;largeur=390\">Essayer à 390 pixels</a>"),
        )
    };
    let main = format!(
        "<p>Largeur : {width} pixels. {other} · <a href=\"{page}\">Voir sur tout l'écran</a></p>\n<iframe class=\"{class}\" src=\"{page}\" title=\"La page en largeur de téléphone\"></iframe>"
    );
    overlay::alone("Largeur de téléphone", &page, &main, shown)
}

/// The texts overdue, and those to read again soon.
#[must_use]
pub fn reviews(shown: &Shown) -> String {
    let until = shown.today.saturating_add(AHEAD.days());
    let (late, coming): (Vec<&Due>, Vec<&Due>) = shown
        .due
        .iter()
        .filter(|text| text.next <= until)
        .partition(|text| text.is_late(shown.today));
    let main = format!(
        "{}{}<p>Pour un tableur ou un agenda : <code>generator revue --sortie csv</code> ou <code>--sortie ics</code>.</p>",
        table("Textes en retard", "Aucun texte n'est en retard.", &late),
        table(
            &format!("À relire dans les {AHEAD} jours"),
            &format!("Aucun texte n'est à relire dans les {AHEAD} jours."),
            &coming
        )
    );
    overlay::alone("Relectures", "/_apercu/relectures", &main, shown)
}

fn table(caption: &str, none: &str, due: &[&Due]) -> String {
    if due.is_empty() {
        return format!("<p>{none}</p>\n");
    }
    let mut html = format!(
        "<div class=\"tableau\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\"><table>\n<caption>{caption}</caption>\n<thead><tr><th scope=\"col\">À relire avant le</th><th scope=\"col\">Texte</th><th scope=\"col\">Fichier</th><th scope=\"col\">Responsable</th></tr></thead>\n<tbody>\n"
    );
    for text in due {
        let title = match shown_at(&text.path) {
            Concerns::Page(address) | Concerns::Below(address) => {
                format!("<a href=\"{}\">{}</a>", escape(&address), escape(&text.title))
            }
            Concerns::Everything => escape(&text.title),
        };
        let _ = writeln!(
            html,
            "<tr><td>{}</td><th scope=\"row\">{title}</th><td>{}</td><td>{}</td></tr>",
            dates::words(text.next),
            escape(&text.path),
            escape(&text.owner)
        );
    }
    html.push_str("</tbody>\n</table></div>\n");
    html
}

/// The page of a rule, or nothing when no rule has this name.
#[must_use]
pub fn rule(name: &str, shown: &Shown) -> Option<String> {
    let text = explain::explanation(name)?;
    let main = format!("<pre>{}</pre>", escape(text.trim()));
    Some(overlay::alone(
        &format!("La règle « {name} »"),
        "/_apercu/regles/",
        &main,
        shown,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Date;

    #[test]
    fn a_phone_frames_only_pages_of_the_site() {
        let shown = Shown::default();
        assert!(phone("/guides/a/", false, &shown).contains("<iframe class=\"petit\" src=\"/guides/a/\""));
        for bad in [
            "https://exemple.fr/",
            "//exemple.fr/",
            "javascript:1",
            "/\\exemple.fr",
        ] {
            assert!(
                phone(bad, true, &shown).contains("<iframe class=\"moyen\" src=\"/\""),
                "{bad}"
            );
        }
    }

    #[test]
    fn late_texts_are_listed_with_their_page() {
        let due = |path: &str, title: &str, next: Date| Due {
            next,
            path: path.into(),
            title: title.to_owned(),
            owner: "Équipe".to_owned(),
            reviewed: Date::constant(2026, 1, 1),
        };
        let shown = Shown {
            today: Date::constant(2026, 11, 25),
            due: vec![
                due("content/guides/a.md", "En <retard>", Date::constant(2026, 11, 24)),
                due("content/site.yaml", "Bientôt", Date::constant(2026, 12, 24)),
                due("content/guides/c.md", "Plus tard", Date::constant(2027, 12, 24)),
            ],
            ..Shown::default()
        };
        let html = reviews(&shown);
        assert!(
            html.contains("<a href=\"/guides/a/\">En &lt;retard&gt;</a>"),
            "{html}"
        );
        assert!(html.contains("Bientôt") && !html.contains("Plus tard"), "{html}");
        assert!(html.contains("Relectures : 1 texte en retard"), "{html}");
    }

    #[test]
    fn a_rule_has_a_page_here_too() {
        assert!(rule("lien-mort", &Shown::default()).is_some_and(|html| html.contains("lien-mort")));
        assert!(rule("inconnue", &Shown::default()).is_none());
    }
}
