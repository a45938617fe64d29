//! Rules on what the authors wrote. One rule is one file and its explanation beside it.

mod alias;
mod article;
mod bare_figure;
mod broken_link;
mod communes;
mod description;
mod emoji;
mod heading_order;
mod image_text;
mod link_address;
mod link_words;
mod motive;
mod orphan;
mod overdue;
mod parameter;
mod related;
mod same_title;
mod table_caption;
mod unwritten;

use super::{Content, Rule};
use crate::body::Body;
use crate::parse::faq;
use crate::parse::fields::Located;
use crate::site::{LinkCard, MenuLink};

/// Every rule on the content, in the order they run.
pub const RULES: &[Rule] = &[
    Rule {
        name: "article-inconnu",
        explanation: include_str!("article.md"),
        check: article::check,
    },
    Rule {
        name: "lien-mort",
        explanation: include_str!("broken_link.md"),
        check: broken_link::check,
    },
    Rule {
        name: "communes",
        explanation: include_str!("communes.md"),
        check: communes::check,
    },
    Rule {
        name: "description",
        explanation: include_str!("description.md"),
        check: description::check,
    },
    Rule {
        name: "titre-ordre",
        explanation: include_str!("heading_order.md"),
        check: heading_order::check,
    },
    Rule {
        name: "image-texte",
        explanation: include_str!("image_text.md"),
        check: image_text::check,
    },
    Rule {
        name: "lien-adresse",
        explanation: include_str!("link_address.md"),
        check: link_address::check,
    },
    Rule {
        name: "lien-mots",
        explanation: include_str!("link_words.md"),
        check: link_words::check,
    },
    Rule {
        name: "motif",
        explanation: include_str!("motive.md"),
        check: motive::check,
    },
    Rule {
        name: "revue-depassee",
        explanation: include_str!("overdue.md"),
        check: overdue::check,
    },
    Rule {
        name: "parametre",
        explanation: include_str!("parameter.md"),
        check: parameter::check,
    },
    Rule {
        name: "courrier-questionnaire",
        explanation: include_str!("../tree/letter.md"),
        check: super::tree::letter::check,
    },
    Rule {
        name: "questionnaire-saisine",
        explanation: include_str!("../tree/referral.md"),
        check: super::tree::referral::check,
    },
    Rule {
        name: "voir-aussi",
        explanation: include_str!("related.md"),
        check: related::check,
    },
    Rule {
        name: "titre-double",
        explanation: include_str!("same_title.md"),
        check: same_title::check,
    },
    Rule {
        name: "tableau-legende",
        explanation: include_str!("table_caption.md"),
        check: table_caption::check,
    },
    Rule {
        name: "alias",
        explanation: include_str!("alias.md"),
        check: alias::check,
    },
    Rule {
        name: "chiffre-nu",
        explanation: include_str!("bare_figure.md"),
        check: bare_figure::check,
    },
    Rule {
        name: "emoji",
        explanation: include_str!("emoji.md"),
        check: emoji::check,
    },
    Rule {
        name: "page-orpheline",
        explanation: include_str!("orphan.md"),
        check: orphan::check,
    },
    Rule {
        name: "a-ecrire",
        explanation: include_str!("unwritten.md"),
        check: unwritten::check,
    },
];

impl Content<'_> {
    /// Every body of the site with the address of its page.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = (String, &Body)> {
        let site = self.site;
        let guides = site.guides.values().map(|guide| (guide.address(), &guide.body));
        let pages = site.pages.values().map(|page| (page.address(), &page.body));
        let home = site.home.iter().map(|home| ("/".to_owned(), &home.body));
        let trees = site.trees.values().map(|tree| (tree.address(), &tree.start.body));
        let terms = site.terms.values().map(|term| (term.address(), &term.body));
        let faq = site
            .faq
            .iter()
            .map(|theme| (faq::ADDRESS.to_owned(), &theme.body));
        guides
            .chain(pages)
            .chain(home)
            .chain(trees)
            .chain(terms)
            .chain(faq)
    }

    /// Every body that readers see, outcomes of questionnaires included.
    pub(crate) fn every_body(&self) -> impl Iterator<Item = &Body> {
        let trees = self.site.trees.values();
        let outcomes = trees.flat_map(|tree| tree.outcomes.values().map(|words| &words.body));
        self.bodies().map(|(_, body)| body).chain(outcomes)
    }

    /// Every address written outside bodies, with the page that it stands on.
    pub(crate) fn addresses_in_keys(&self) -> Vec<(String, &Located<String>)> {
        let site = self.site;
        let settings = &site.settings;
        let menus: [&[MenuLink]; 4] = [
            &settings.menu,
            &settings.shortcuts,
            &settings.footer_official,
            &settings.footer_links,
        ];
        let menus = menus
            .into_iter()
            .flatten()
            .map(|link| ("/".to_owned(), &link.address));
        let cards = site.home.iter().flat_map(|home| {
            let lists: [&[LinkCard]; 4] = [&home.entries, &home.motives, &home.urgent, &home.help];
            lists
                .into_iter()
                .flatten()
                .map(|card| ("/".to_owned(), &card.address))
        });
        let steps = site
            .guides
            .values()
            .flat_map(|guide| guide.next_steps.iter().map(|address| (guide.address(), address)));
        let sources = site.guides.values().flat_map(|guide| {
            let addresses = guide.sources.iter().filter_map(|source| source.address.as_ref());
            addresses.map(|address| (guide.address(), address))
        });
        let terms = site.terms.values().flat_map(|term| {
            let addresses = term.sources.iter().filter_map(|source| source.address.as_ref());
            addresses.map(|address| (term.address(), address))
        });
        let help = site.territory.help.iter();
        let help = help.map(|card| ("/communes/".to_owned(), &card.address));
        menus
            .chain(cards)
            .chain(steps)
            .chain(sources)
            .chain(terms)
            .chain(help)
            .collect()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use crate::diagnostic::Diagnostic;
    use crate::parse;
    use crate::source::Sources;
    use jiff::civil::Date;

    const SETTINGS: &str = "titre: T\npromesse: P\nadresse: https://exemple.fr\n";
    const HOME: &str = "---\ntitre: Accueil\ndescription: D\naccroche: A\n---\n";
    pub(crate) const HEAD: &str = "description: D\nreponse: R\npublic: locataire\nresponsable: E\nrevue_le: 2026-01-01\nprochaine_revue: 2027-01-01\n";

    /// All the faults of a small site whose guide `a` has this body.
    pub(crate) fn faults_of(body: &str) -> Vec<Diagnostic> {
        every_fault("", body)
    }

    /// The faults of a small site whose guide `a` has these extra keys and this body. That nobody leads to
    /// its pages is not told.
    pub(crate) fn faults(keys: &str, body: &str) -> Vec<Diagnostic> {
        let mut faults = every_fault(keys, body);
        faults.retain(|fault| fault.rule != "page-orpheline");
        faults
    }

    fn every_fault(keys: &str, body: &str) -> Vec<Diagnostic> {
        let mut sources = Sources::default();
        sources.insert(parse::settings::SETTINGS, SETTINGS);
        sources.insert(parse::page::HOME, HOME);
        sources.insert(
            "content/guides/a.md",
            &format!("---\ntitre: A\n{HEAD}{keys}---\n{body}"),
        );
        sources.insert(
            "content/guides/bail-vide.md",
            &format!("---\ntitre: B\n{HEAD}---\n## Le congé\n"),
        );
        sources.insert(
            parse::law::PARAMETERS,
            "- {id: plafond, titre: P, unite: mois, valeurs: [{depuis: 2014-01-01, valeur: 1, source: S}]}\n- {id: ancien, titre: P, unite: mois, valeurs: [{depuis: 2014-01-01, jusqu_a: 2015-01-01, valeur: 1, source: S}]}\n",
        );
        let (site, _, _) = parse::parse(&sources, Date::constant(2026, 11, 23));
        crate::check::content(&site).sorted()
    }

    /// Rule names and hints.
    pub(crate) fn told(keys: &str, body: &str) -> Vec<(&'static str, String)> {
        let faults = faults(keys, body);
        faults
            .into_iter()
            .map(|fault| (fault.rule, fault.hint.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn a_sound_site_has_no_fault() {
        assert_eq!(
            faults(
                "suites: [/guides/bail-vide/]\nvoir_aussi: [bail-vide]\n",
                "## Un\n\n### Deux\n\n[Congé](/guides/bail-vide/#le-conge) {{ param(plafond) }}\n"
            ),
            []
        );
    }
}
