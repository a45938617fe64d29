//! Texts are read again before their date.

use crate::check::Content;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::dates;
use crate::site::Review;
use crate::{review, scaffold};

pub(super) fn check(content: &Content, faults: &mut Diagnostics) {
    for (_, review) in review::texts(content.site) {
        one(review, content, faults);
    }
}

fn one(review: &Review, content: &Content, faults: &mut Diagnostics) {
    let today = content.site.today;
    if review.next.value < today {
        let day = dates::words(review.next.value);
        faults.push(
            Diagnostic::warning(
                "revue-depassee",
                review.next.span.clone(),
                format!("Ce texte devait être relu avant le {day}."),
            )
            .hint(format!(
                "Relisez-le ({}), puis écrivez le jour de la relecture (« revue_le: {today} ») et la suivante (« prochaine_revue: {} »).",
                review.owner.value,
                scaffold::review(today)
            )),
        );
    }
    if review.reviewed.value > today {
        let day = dates::words(review.reviewed.value);
        faults.push(
            Diagnostic::error(
                "revue-depassee",
                review.reviewed.span.clone(),
                format!("La dernière relecture est dans le futur : {day}."),
            )
            .hint(format!(
                "Écrivez le jour où une personne a vraiment relu le texte, au plus tard aujourd'hui ({today}). Vérifiez d'abord l'année."
            )),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::one;
    use crate::check::Content;
    use crate::check::addresses::Addresses;
    use crate::diagnostic::{Diagnostics, Severity};
    use crate::parse::{self, fields::Located};
    use crate::site::Review;
    use crate::source::{Source, Sources};
    use jiff::civil::Date;

    #[test]
    fn warns_from_the_day_after() {
        let span = Source::new("x", "").span(0..0);
        let at = |value| Located {
            value,
            span: span.clone(),
        };
        let found = |reviewed: Date, next: Date| {
            let (site, _, _) = parse::parse(&Sources::default(), Date::constant(2026, 11, 23));
            let review = Review {
                owner: Located {
                    value: "E".to_owned(),
                    span: span.clone(),
                },
                reviewed: at(reviewed),
                next: at(next),
            };
            let mut faults = Diagnostics::default();
            let content = Content {
                site: &site,
                addresses: Addresses::default(),
            };
            one(&review, &content, &mut faults);
            faults
                .sorted()
                .into_iter()
                .map(|fault| fault.severity)
                .collect::<Vec<_>>()
        };
        let today = Date::constant(2026, 11, 23);
        assert_eq!(found(today, today), []);
        assert_eq!(found(today, Date::constant(2026, 11, 22)), [Severity::Warning]);
        assert_eq!(found(Date::constant(2026, 11, 24), today), [Severity::Error]);
    }
}
