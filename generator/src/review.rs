//! The texts to read again: who answers for each, and until when. As a table, as CSV, as a calendar.

use crate::parse::fields::Located;
use crate::site::{Review, Site};
use jiff::civil::Date;
use std::fmt::Write;
use std::sync::Arc;

/// A text and its next review.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// Day before which it is to be read again.
    pub next: Date,
    /// Path of its file.
    pub path: Arc<str>,
    /// Its title.
    pub title: String,
    /// Role or team that answers for it.
    pub owner: String,
    /// Day of the last review.
    pub reviewed: Date,
}

impl Due {
    /// Whether the day is past.
    #[must_use]
    pub fn is_late(&self, today: Date) -> bool {
        self.next < today
    }
}

/// The texts of the site with their titles, questionnaires left out: the engine watches over those.
pub fn texts(site: &Site) -> impl Iterator<Item = (&Located<String>, &Review)> {
    let guides = site.guides.values().map(|text| (&text.title, &text.review));
    let pages = site.pages.values().map(|text| (&text.title, &text.review));
    let letters = site.letters.values().map(|text| (&text.title, &text.review));
    let terms = site.terms.values().map(|term| (&term.name, &term.review));
    let faq = site.faq.iter().map(|theme| (&theme.title, &theme.review));
    guides.chain(pages).chain(letters).chain(terms).chain(faq)
}

/// Every text of the site, questionnaires included, the most overdue first.
#[must_use]
pub fn due(site: &Site) -> Vec<Due> {
    let trees = site.trees.values().map(|tree| &tree.start);
    let trees = trees.map(|start| (&start.title, &start.review));
    let mut found: Vec<Due> = texts(site)
        .chain(trees)
        .map(|(title, review)| one(title, review))
        .collect();
    found.sort();
    found
}

fn one(title: &Located<String>, review: &Review) -> Due {
    Due {
        next: review.next.value,
        path: title.span.path.clone(),
        title: title.value.clone(),
        owner: review.owner.value.clone(),
        reviewed: review.reviewed.value,
    }
}

/// For people: one line a text, late ones marked.
#[must_use]
pub fn table(due: &[Due], today: Date) -> String {
    let wide = |of: fn(&Due) -> &str| due.iter().map(|text| of(text).chars().count()).max().unwrap_or(0);
    let (owners, paths) = (wide(|text| &text.owner), wide(|text| &text.path));
    let mut out = String::new();
    for text in due {
        let state = if text.is_late(today) { "EN RETARD" } else { "" };
        let line = format!(
            "{}  {state:9}  {:owners$}  {:paths$}  {}",
            text.next, text.owner, text.path, text.title
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let late = due.iter().filter(|text| text.is_late(today)).count();
    let _ = write!(out, "{} texte(s), dont {late} en retard.", due.len());
    out.replace("texte(s)", if due.len() < 2 { "texte" } else { "textes" })
}

/// For spreadsheets: RFC 4180 with `;`, the separator of French ones, and a byte order mark for accents.
#[must_use]
pub fn csv(due: &[Due], today: Date) -> String {
    let mut out = String::from("\u{feff}prochaine_revue;en_retard;responsable;fichier;titre;revue_le\r\n");
    for text in due {
        let late = if text.is_late(today) { "oui" } else { "non" };
        let cells = [&*text.owner, &*text.path, &*text.title].map(cell);
        let _ = write!(
            out,
            "{};{late};{};{};{};{}\r\n",
            text.next, cells[0], cells[1], cells[2], text.reviewed
        );
    }
    out
}

/// Quoted, with quotes doubled; what a spreadsheet would take for a formula is led by an apostrophe.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// For calendars (RFC 5545): one whole-day event a text.
#[must_use]
pub fn ics(due: &[Due], today: Date, base_url: &str) -> String {
    let host = base_url.split("://").last().unwrap_or(base_url);
    let stamp = |day: Date| day.to_string().replace('-', "");
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        format!("PRODID:-//{host}//relectures//FR"),
    ];
    for text in due {
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@{host}", text.path),
            format!("DTSTAMP:{}T000000Z", stamp(today)),
            format!("DTSTART;VALUE=DATE:{}", stamp(text.next)),
            format!("SUMMARY:{}", escaped(&format!("Relire « {} »", text.title))),
            format!(
                "DESCRIPTION:{}",
                escaped(&format!("{} – {}", text.owner, text.path))
            ),
            "END:VEVENT".to_owned(),
        ]);
    }
    lines.push("END:VCALENDAR".to_owned());
    lines
        .iter()
        .fold(String::new(), |out, line| out + &folded(line) + "\r\n")
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\n', "\\n");
    text.replace(',', "\\,").replace(';', "\\;")
}

/// Cuts a line at 75 bytes, between characters; the next ones begin with a space.
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;
    use crate::source::Sources;

    const TODAY: Date = Date::constant(2026, 11, 25);

    fn texts() -> Vec<Due> {
        let mut sources = Sources::default();
        let guide = |title: &str, next: &str| {
            format!(
                "---\ntitre: {title}\ndescription: D\nreponse: R\npublic: locataire\nresponsable: Équipe; droit\nrevue_le: 2026-01-01\nprochaine_revue: {next}\n---\n"
            )
        };
        sources.insert("content/guides/a.md", &guide("Demain, le bail", "2026-11-26"));
        sources.insert("content/guides/b.md", &guide("=Hier", "2026-11-24"));
        due(&parse::parse(&sources, TODAY).0)
    }

    #[test]
    fn the_most_overdue_comes_first() {
        let table = table(&texts(), TODAY);
        let lines: Vec<_> = table.lines().collect();
        assert!(
            lines[0].starts_with("2026-11-24  EN RETARD  Équipe; droit  content/guides/b.md"),
            "{table}"
        );
        assert!(lines[1].starts_with("2026-11-26             Équipe"), "{table}");
        assert_eq!(lines[2], "2 textes, dont 1 en retard.");
    }

    #[test]
    fn spreadsheets_get_quoted_cells_and_no_formula() {
        let csv = csv(&texts(), TODAY);
        assert!(
            csv.contains(
                "2026-11-24;oui;\"Équipe; droit\";\"content/guides/b.md\";\"'=Hier\";2026-01-01\r\n"
            ),
            "{csv}"
        );
    }

    #[test]
    fn calendars_get_one_day_a_text_in_short_lines() {
        let ics = ics(&texts(), TODAY, "https://exemple.fr");
        assert!(
            ics.contains("DTSTART;VALUE=DATE:20261126\r\nSUMMARY:Relire « Demain\\, le bail »\r\n"),
            "{ics}"
        );
        assert!(ics.split("\r\n").all(|line| line.len() <= 75), "{ics}");
        assert_eq!(ics.matches("BEGIN:VEVENT").count(), 2);
    }
}
