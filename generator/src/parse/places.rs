//! The commissions of `content/lieux/cdc.yaml`: who receives a referral, and how.

use super::contacts::Contacts;
use super::fields::Fields;
use super::list;
use super::yaml::Node;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Sources, Span};
use serde::Serialize;

/// Path of the commissions.
pub const COMMISSIONS: &str = "content/lieux/cdc.yaml";

/// A commission départementale de conciliation. What is unknown stays absent: nothing is guessed.
#[derive(Debug, Clone, Serialize)]
pub struct Commission {
    /// Code of the département: `93`, `2A`, `974`.
    pub departement: String,
    /// Its full name.
    pub nom: String,
    /// The State service that keeps its secretariat.
    pub service: String,
    /// `preparation`, `electronique`, `arrete` or `redirection`.
    pub mode: String,
    /// Lines of the postal address; empty when it is not known.
    pub adresse_postale: Vec<String>,
    /// Telephone, when known.
    pub telephone: Option<String>,
    /// Hours, or whose number it is.
    pub telephone_note: Option<String>,
    /// Where the official directory gives its address.
    pub annuaire: Option<String>,
    /// Address of its own online service: needed by the mode `redirection`.
    pub teleservice: Option<String>,
    /// What nobody has checked yet, for the reader.
    pub a_verifier: Vec<String>,
    /// Where it is written.
    #[serde(skip)]
    pub span: Span,
}

/// Reads the commissions, in the order of the file; a missing file is read as an empty one.
pub fn parse(sources: &Sources, faults: &mut Diagnostics) -> Vec<Commission> {
    let hint = "Commencez chaque commission par « - departement: … ».";
    let items = list::items(sources.text(COMMISSIONS), hint, faults);
    let mut commissions: Vec<Commission> = Vec::new();
    for item in &items {
        let commission = commission(item, faults);
        if commissions
            .iter()
            .any(|known| known.departement == commission.departement)
        {
            faults.push(Diagnostic::error(
                "id-double",
                item.span.clone(),
                format!(
                    "Le département « {} » a déjà une commission plus haut.",
                    commission.departement
                ),
            ));
        } else {
            commissions.push(commission);
        }
    }
    commissions
}

/// Gives the commission of the service's département the postal address of the settings, unless it has its own.
pub fn complete(commissions: &mut [Commission], contacts: &Contacts) {
    let ours = |commission: &&mut Commission| commission.departement == contacts.department;
    for commission in commissions.iter_mut().filter(ours) {
        if commission.adresse_postale.is_empty() {
            commission.adresse_postale = contacts.lines("cdc_adresse").to_vec();
        }
    }
}

fn commission(node: &Node, faults: &mut Diagnostics) -> Commission {
    let mut fields = Fields::new(node, faults);
    let departement = fields.required("departement");
    if !departement.value.is_empty() && !is_departement(&departement.value) {
        fields.faults().push(
            Diagnostic::error(
                "departement",
                departement.span.clone(),
                format!("« {} » n'est pas un code de département.", departement.value),
            )
            .hint("Écrivez par exemple \"93\", \"2A\" ou \"974\"."),
        );
    }
    let commission = Commission {
        departement: departement.value,
        nom: fields.required("nom").value,
        service: fields.required("service").value,
        mode: fields
            .one_of("mode", &["preparation", "electronique", "arrete", "redirection"])
            .unwrap_or("preparation")
            .to_owned(),
        adresse_postale: fields
            .texts("adresse_postale")
            .into_iter()
            .map(|line| line.value)
            .collect(),
        telephone: fields.text("telephone").map(|text| text.value),
        telephone_note: fields.text("telephone_note").map(|text| text.value),
        annuaire: fields.text("annuaire").map(|text| text.value),
        teleservice: fields.text("teleservice").map(|text| text.value),
        a_verifier: fields
            .texts("a_verifier")
            .into_iter()
            .map(|text| text.value)
            .collect(),
        span: node.span.clone(),
    };
    if commission.mode == "redirection" && commission.teleservice.is_none() {
        fields.faults().push(
            Diagnostic::error(
                "cle-manquante",
                commission.span.clone(),
                "Le mode « redirection » envoie les personnes vers un autre service : son adresse manque.",
            )
            .hint("Ajoutez « teleservice: https://… », l'adresse du service en ligne de cette commission."),
        );
    }
    fields.finish();
    commission
}

/// Two digits, `2A`, `2B`, or three digits overseas.
fn is_departement(code: &str) -> bool {
    let digits = code.chars().all(|c| c.is_ascii_digit());
    matches!(code, "2A" | "2B") || digits && (code.len() == 2 || code.len() == 3 && code.starts_with('9'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::contacts::Contact;

    #[test]
    fn reads_a_commission_and_refuses_a_wrong_code() {
        let mut sources = Sources::default();
        sources.insert(
            COMMISSIONS,
            "- departement: \"93\"\n  nom: CDC\n  service: S\n  mode: preparation\n- departement: 9X\n  nom: A\n  service: B\n  mod: arrete\n- departement: 93\n  nom: C\n  service: D\n",
        );
        let mut faults = Diagnostics::default();
        let commissions = parse(&sources, &mut faults);
        assert_eq!(commissions.len(), 2);
        assert_eq!(commissions[0].mode, "preparation");
        let told = Contacts {
            department: commissions[0].departement.clone(),
            list: vec![Contact {
                key: "cdc_adresse",
                lines: vec!["1 rue A".to_owned()],
                span: crate::source::Source::new(COMMISSIONS, "").span(0..0),
            }],
        };
        let mut completed = commissions.clone();
        complete(&mut completed, &told);
        assert_eq!(completed[0].adresse_postale, ["1 rue A"]);
        assert_eq!(completed[1].adresse_postale, commissions[1].adresse_postale);
        let rules: Vec<_> = faults.sorted().into_iter().map(|fault| fault.rule).collect();
        assert_eq!(rules, ["departement", "cle-inconnue", "id-double"]);
    }
}
