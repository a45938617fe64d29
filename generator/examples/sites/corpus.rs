//! The sites that are built: seeded, so that every run and every program reads the same words.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// What a corpus is made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Guides.
    pub(crate) guides: usize,
    /// Links from each guide to others of its section.
    pub(crate) links: usize,
}

/// Guides of a section.
const SECTION: usize = 50;
const DAYS: &str = "responsable: Équipe\nrevue_le: 2026-01-01\nprochaine_revue: 2027-09-01\n";
/// Ordinary words, of ordinary lengths.
const WORDS: [&str; 48] = [
    "le",
    "bailleur",
    "rend",
    "la",
    "somme",
    "au",
    "locataire",
    "dans",
    "un",
    "délai",
    "que",
    "fixe",
    "chaque",
    "contrat",
    "signé",
    "avec",
    "une",
    "annexe",
    "claire",
    "pour",
    "les",
    "travaux",
    "du",
    "logement",
    "et",
    "des",
    "pièces",
    "jointes",
    "sans",
    "frais",
    "après",
    "demande",
    "écrite",
    "datée",
    "par",
    "courrier",
    "simple",
    "ou",
    "remis",
    "en",
    "main",
    "propre",
    "voisin",
    "syndic",
    "immeuble",
    "charges",
    "loyer",
    "quittance",
];

/// A stream of pseudo-random numbers: the same seed gives the same numbers.
struct Seeded(u64);

impl Seeded {
    /// A number below `most`.
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % most
    }
}

/// The name of a guide.
pub(crate) fn slug(number: usize) -> String {
    format!("guide-{number:06}")
}

/// Writes the site of this shape below `folder`, with the theme of `root`.
pub(crate) fn make(folder: &Path, root: &Path, shape: Shape) -> Result<(), Box<dyn Error>> {
    for name in ["content/guides", "content/pages"] {
        fs::create_dir_all(folder.join(name))?;
    }
    std::os::unix::fs::symlink(root.join("theme"), folder.join("theme"))?;
    fs::write(folder.join("content/site.yaml"), SETTINGS)?;
    for (name, title, more) in [
        ("accueil", "Accueil", "accroche: Un essai.\n"),
        ("404", "Page absente", ""),
        ("recherche", "Recherche", ""),
    ] {
        let text = format!(
            "---\ntitre: {title}\ndescription: {title}, en bref.\n{DAYS}{more}---\n\n[Guides](/guides/)\n"
        );
        fs::write(folder.join(format!("content/pages/{name}.md")), text)?;
    }
    for number in 0..shape.guides {
        let path = folder.join(format!("content/guides/{}.md", slug(number)));
        fs::write(path, guide(number, shape, 0))?;
    }
    Ok(())
}

const SETTINGS: &str = "titre: Essai\npromesse: Un essai\nadresse: https://exemple.fr\nmenu:\n  - titre: Guides\n    adresse: /guides/\npied:\n  texte: Un essai.\n  liens:\n    - titre: Plan du site\n      adresse: /plan-du-site/\n";

/// The file of a guide: 600 to 1,000 words, headings, a list, a table, links. `version` changes one sentence.
pub(crate) fn guide(number: usize, shape: Shape, version: usize) -> String {
    let mut random = Seeded(number as u64 + 1);
    let mut text = format!(
        "---\ntitre: Guide {number}\ndescription: Ce que dit le guide {number}.\nreponse: La réponse {number}.\npublic: [locataire, bailleur]\n{DAYS}---\n\nVoici la version {version}.\n\n"
    );
    for part in 0..5 {
        // Writing into a string cannot fail.
        let _ = write!(text, "## Partie {part} du guide {number}\n\n");
        for _ in 0..2 + random.below(2) {
            paragraph(&mut text, &mut random);
        }
        if part == 1 {
            for _ in 0..5 {
                text.push_str("- ");
                sentence(&mut text, &mut random);
                text.push('\n');
            }
            text.push('\n');
        }
        if part == 2 {
            text.push_str("### Un point de plus\n\n");
            paragraph(&mut text, &mut random);
        }
        if part == 3 {
            text.push_str(":::tableau{légende=\"Les délais\"}\n| Cas | Délai |\n| --- | --- |\n| Un | court |\n| Deux | long |\n:::\n\n");
        }
    }
    let first = number / SECTION * SECTION;
    let size = SECTION.min(shape.guides - first);
    for _ in 0..shape.links {
        let other = first + random.below(size);
        let _ = write!(
            text,
            "Voir aussi [le guide {other}](/guides/{}/).\n\n",
            slug(other)
        );
    }
    text
}

fn paragraph(text: &mut String, random: &mut Seeded) {
    for _ in 0..3 + random.below(2) {
        sentence(text, random);
        text.push(' ');
    }
    text.push_str("\n\n");
}

fn sentence(text: &mut String, random: &mut Seeded) {
    for word in 0..10 + random.below(8) {
        let chosen = WORDS[random.below(WORDS.len())];
        match word {
            0 => text.push_str(&capital(chosen)),
            4 if random.below(3) == 0 => {
                let _ = write!(text, " **{chosen}**");
            }
            _ => {
                text.push(' ');
                text.push_str(chosen);
            }
        }
    }
    text.push('.');
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
