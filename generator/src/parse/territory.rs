//! What is known of each commune beside its name: its territory, its court, places near by.
//! `content/lieux/communes.yaml`. What is unknown stays absent: nothing is guessed.

use super::dates;
use super::fields::{Fields, Located};
use super::yaml::{self, Node};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::site::LinkCard;
use crate::source::Sources;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Path of the file.
pub const COMMUNES: &str = "content/lieux/communes.yaml";

/// The territory of the service: its communes and what they share.
#[derive(Debug, Clone, Default)]
pub struct Territory {
    /// Groups of communes (établissements publics territoriaux) by id.
    pub groups: BTreeMap<String, Group>,
    /// Courts by id: their names, as after « est ».
    pub courts: BTreeMap<String, Located<String>>,
    /// Communes by INSEE code.
    pub communes: BTreeMap<String, CommuneFacts>,
    /// Sentences that every page of a commune says.
    pub words: TerritoryWords,
    /// Human help, the same for all.
    pub help: Vec<LinkCard>,
}

/// A group of communes.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its name.
    pub name: Located<String>,
    /// First day of leases under rent control; absent when there never was.
    pub rent_control: Option<Located<Date>>,
}

/// Sentences of the commune pages, written by authors. `{{ param(…) }}` may be used.
#[derive(Debug, Clone, Default)]
pub struct TerritoryWords {
    /// Rent control applied here.
    pub controlled: Vec<Located<String>>,
    /// It never did.
    pub free: Vec<Located<String>>,
    /// The competent judge, wherever the dwelling is.
    pub judge: Vec<Located<String>>,
    /// The local court is not known.
    pub court_unknown: Vec<Located<String>>,
    /// The local court is known, and from what.
    pub court_known: Vec<Located<String>>,
    /// Strained market, decency… what holds in all communes.
    pub everywhere: Vec<Located<String>>,
}

/// What is known of one commune.
#[derive(Debug, Clone)]
pub struct CommuneFacts {
    /// Id of its group.
    pub group: Located<String>,
    /// Id of its court.
    pub court: Option<Located<String>>,
    /// Names that people still use: « Pierrefitte-sur-Seine ».
    pub other_names: Vec<Located<String>>,
    /// A sentence on the commune itself.
    pub note: Option<Located<String>>,
    /// Places near by.
    pub places: Vec<NearPlace>,
}

/// A place that helps.
#[derive(Debug, Clone)]
pub struct NearPlace {
    /// Its name.
    pub name: Located<String>,
    /// Its postal address.
    pub address: Option<Located<String>>,
    /// Its telephone.
    pub telephone: Option<Located<String>>,
    /// How far it can be trusted: « Adresse publiée en 2008, à confirmer. »
    pub note: Option<Located<String>>,
}

/// Reads the file; a missing one is read as an empty territory.
pub fn parse(sources: &Sources, today: Date, faults: &mut Diagnostics) -> Territory {
    let Some(source) = sources.text(COMMUNES) else {
        return Territory::default();
    };
    let node = match yaml::parse(source, 0..source.text.len()) {
        Ok(node) => node,
        Err(fault) => {
            faults.push(fault);
            return Territory::default();
        }
    };
    let mut fields = Fields::new(&node, faults);
    let [groups, courts, communes, help] =
        ["territoires", "tribunaux", "communes", "aide"].map(|key| fields.list(key));
    let words = fields.node("textes");
    fields.finish();
    let territory = Territory {
        groups: groups.iter().map(|node| group(node, today, faults)).collect(),
        courts: courts.iter().map(|node| court(node, faults)).collect(),
        communes: communes.iter().map(|node| commune(node, faults)).collect(),
        words: words.map(|node| sentences(node, faults)).unwrap_or_default(),
        help: super::page::cards(help, faults),
    };
    for facts in territory.communes.values() {
        known(&facts.group, &territory.groups, "territoires", faults);
        if let Some(court) = &facts.court {
            known(court, &territory.courts, "tribunaux", faults);
        }
    }
    territory
}

fn known<T>(id: &Located<String>, list: &BTreeMap<String, T>, name: &str, faults: &mut Diagnostics) {
    if list.contains_key(&id.value) {
        return;
    }
    let hint = nearest(&id.value, list.keys().map(String::as_str)).map_or_else(
        || format!("Ajoutez-le à la liste « {name} » en haut du fichier."),
        |near| format!("Vouliez-vous dire « {near} » ?"),
    );
    let message = format!("« {} » n'est pas dans la liste « {name} ».", id.value);
    faults.push(Diagnostic::error("cle-valeur", id.span.clone(), message).hint(hint));
}

fn group(node: &Node, today: Date, faults: &mut Diagnostics) -> (String, Group) {
    let mut fields = Fields::new(node, faults);
    let id = fields.required("id").value;
    let name = fields.required("nom");
    let rent_control = dates::field(&mut fields, "encadrement_depuis").filter(|day| day.value <= today);
    fields.finish();
    (id, Group { name, rent_control })
}

fn court(node: &Node, faults: &mut Diagnostics) -> (String, Located<String>) {
    let mut fields = Fields::new(node, faults);
    let court = (fields.required("id").value, fields.required("nom"));
    fields.finish();
    court
}

fn commune(node: &Node, faults: &mut Diagnostics) -> (String, CommuneFacts) {
    let mut fields = Fields::new(node, faults);
    let insee = fields.required("insee").value;
    let group = fields.required("territoire");
    let court = fields.text("tribunal");
    let other_names = fields.texts("autres_noms");
    let note = fields.text("note");
    let places = fields.list("lieux");
    fields.finish();
    let places = places.iter().map(|node| place(node, faults)).collect();
    (
        insee,
        CommuneFacts {
            group,
            court,
            other_names,
            note,
            places,
        },
    )
}

fn place(node: &Node, faults: &mut Diagnostics) -> NearPlace {
    let mut fields = Fields::new(node, faults);
    let place = NearPlace {
        name: fields.required("nom"),
        address: fields.text("adresse"),
        telephone: fields.text("telephone"),
        note: fields.text("note"),
    };
    fields.finish();
    place
}

fn sentences(node: &Node, faults: &mut Diagnostics) -> TerritoryWords {
    let mut fields = Fields::new(node, faults);
    let words = TerritoryWords {
        controlled: fields.texts("loyer_encadre"),
        free: fields.texts("loyer_non_encadre"),
        judge: fields.texts("juge"),
        court_unknown: fields.texts("tribunal_inconnu"),
        court_known: fields.texts("tribunal_connu"),
        everywhere: fields.texts("partout"),
    };
    fields.finish();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_territory_and_names_unknown_ids() {
        let mut sources = Sources::default();
        sources.insert(
            COMMUNES,
            "territoires:\n  - {id: plaine, nom: Plaine Commune, encadrement_depuis: 2021-06-01}\ntribunaux:\n  - {id: nord, nom: tribunal}\ncommunes:\n  - {insee: \"93066\", territoire: plaine, tribunal: nrd}\n",
        );
        let mut faults = Diagnostics::default();
        let territory = parse(&sources, Date::constant(2026, 11, 23), &mut faults);
        assert!(territory.groups["plaine"].rent_control.is_some());
        let faults = faults.sorted();
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].hint.as_deref(), Some("Vouliez-vous dire « nord » ?"));
    }
}
