//! The rules that a tree must keep: their names and their explanation for authors.

macro_rules! rules {
    ($($variant:ident $id:literal $doc:literal $explanation:literal)*) => {
        /// A rule of the trees.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $doc] $variant,)*
        }

        impl Rule {
            /// All rules.
            pub const ALL: &[Rule] = &[$(Rule::$variant,)*];

            /// Its name, for `generator explain` and for diagnostics.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Rule::$variant => $id,)* }
            }

            /// What it asks and why, in French, for the author.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self { $(Rule::$variant => $explanation,)* }
            }
        }
    };
}

rules! {
    Syntax "arbre-syntaxe" "An expression, date, unit or bracket cannot be read."
        "Une expression du questionnaire ne se lit pas : parenthèse oubliée, opérateur inconnu, date impossible, texte trop long. Les opérateurs sont et, ou, non, =, !=, <, <=, >, >=, contient, +, - et * ; les valeurs s’écrivent 650, 650,50 €, 10 %, 2 mois, 15 jours, 2014-03-27 ; les fonctions sont depuis, plus_mois, plus_jours, mois_entames, min, max, pourcent, proportion, si, param et departement. Une expression s’écrit comme une valeur simple, jamais entre accolades : en YAML, une virgule y couperait l’expression."
    Duplicate "arbre-nom-double" "Two things bear the same name, or a name is reserved."
        "Chaque nom du questionnaire (question, fait, calcul) désigne une seule chose, et ne contient pas un mot de la langue des conditions (et, ou, non, si, sinon, contient). Une question ne s’appelle pas « v » : dans l’adresse des réponses, « v » est la version du questionnaire. Sinon une condition pourrait se lire de deux façons."
    UnknownName "arbre-nom-inconnu" "1. An expression uses a name that nothing defines."
        "Une condition, un calcul, une lettre ou un scénario emploie un nom que rien ne définit : ni question, ni fait, ni calcul, ni fonction, ni paramètre, ni fichier. Le message propose le nom le plus proche."
    UnknownChoice "arbre-choix-inconnu" "2. A choice id that the question does not have."
        "Une question est comparée à une réponse qu’elle ne propose pas. La condition ne serait jamais vraie (ou toujours vraie), sans que rien ne le montre. Le message propose la réponse la plus proche."
    Type "arbre-type" "3. A type error, or a condition that cannot be decided."
        "Une expression mélange des choses qui ne se comparent pas (une date et une somme), ou une condition calcule entre plusieurs réponses. Dans une condition, on compare une seule réponse à une valeur fixe ; les calculs entre réponses vont dans « calculs », qui ne décident jamais de la suite."
    Circular "arbre-fait-circulaire" "A fact or a figure that reads itself."
        "Un fait ou un calcul se lit lui-même, directement ou par d’autres. Il n’aurait aucune valeur. Définissez-le à partir des questions."
    NotAsked "arbre-question-non-posee" "4. A condition reads a question that may not have been asked."
        "Une condition lit une question qui, dans certains parcours, n’a pas été posée : sa réponse manque et la condition ne peut pas être tranchée. Placez la question avant, ou vérifiez d’abord dans la condition ce qui fait qu’elle est posée."
    Brackets "arbre-tranches" "5. A threshold is missing from the brackets, or a label spans two classes."
        "Les « tranches » sont les réponses proposées sans JavaScript à une date ou à un nombre. Chaque seuil employé dans une condition doit être la limite d’une tranche, sinon une même réponse mènerait à deux suites différentes. Ajoutez la tranche indiquée."
    Bound "arbre-borne" "A bound that the message of its refusal does not say."
        "Quand une question refuse les nombres trop petits ou trop grands (« min », « max »), la personne doit savoir pourquoi : le message de refus dit la limite, en chiffres. Ainsi le message et la limite ne peuvent pas se contredire quand l’un des deux change."
    NeverAsked "arbre-question-jamais-posee" "6. A question that no path asks."
        "Aucun parcours ne pose cette question : sa condition contredit celles qui la précèdent, ou la question n’est pas dans la liste. Corrigez la condition ou retirez la question."
    NeverReached "arbre-issue-jamais-atteinte" "7. An outcome that no path reaches."
        "Aucun parcours n’arrive à cette issue. Soit sa condition est impossible, soit une issue placée avant la cache toujours : la première condition vraie l’emporte. Le message nomme l’issue qui la cache."
    NoOutcome "arbre-sans-issue" "8. A combination of answers without outcome."
        "Certaines réponses ne mènent à aucune issue : la personne n’aurait pas de conclusion. Ajoutez une issue pour ce cas, ou une dernière issue « sinon »."
    Otherwise "arbre-sinon" "9. What falls into `sinon` must be acknowledged by count."
        "L’issue « sinon » recueille toutes les situations que personne n’a prévues. Le nombre de ces situations doit être écrit par l’auteur, par exemple « sinon (12 situations) », pour que toute nouvelle situation oubliée se voie. Relisez les exemples donnés, puis reportez le nombre indiqué."
    NoEffect "arbre-choix-sans-effet" "10. A question or a choice that changes nothing downstream."
        "Une question dont la réponse ne change ni la suite, ni l’issue, ni un calcul, ni une lettre fait perdre du temps au lecteur. Retirez-la, ou employez sa réponse."
    FigureIncomplete "arbre-calcul-incomplet" "11. A figure is used where one of its inputs may be missing."
        "Une issue montre un calcul alors que, dans certains parcours qui y mènent, une réponse dont il dépend n’a pas été demandée. Placez le calcul dans un bloc « :::si », ou posez la question sur ces parcours."
    LetterIncomplete "lettre-champ-non-garanti" "12. A placeholder of a letter is not guaranteed on an outcome."
        "Une lettre proposée par une issue emploie une réponse ou un calcul qui peut manquer sur cette issue. Placez ce passage dans un bloc « :::si », ou proposez la lettre sous condition : « lettre si fait »."
    OutcomeIncomplete "arbre-issue-incomplete" "13. An outcome without legal basis, next step or human contact."
        "Chaque issue indique sur quel article elle se fonde (base_legale), ce que la personne peut faire ensuite (lettres, saisine_cdc ou suites) et à qui parler (contact). Une issue ne laisse jamais quelqu’un sans porte où frapper."
    Outdated "arbre-perime" "14. Review date passed, or a parameter without a value at a date."
        "Le droit change. Passé la date « relire_avant », le site prévient ; trente jours après, il refuse de se construire. De même, un paramètre doit avoir une valeur à la date du jour et à celle de chaque scénario. Relisez le droit, puis changez la date ou ajoutez la valeur, avec sa source."
    Article "arbre-article" "15. An article that the registry does not know, or that changed since the review."
        "Les articles cités doivent figurer dans le registre content/droit/articles.yaml. Quand un article a changé depuis la dernière relecture du questionnaire, celui-ci est refusé tant qu’il n’a pas été relu (revu_le)."
    Scenario "arbre-scenario" "16. A scenario does not give what it expects."
        "Un scénario est un cas concret dont le résultat est connu d’avance. Le questionnaire donne autre chose : soit le questionnaire a changé par erreur, soit le scénario est à corriger. Faites relire le cas par un juriste avant de changer le résultat attendu."
    Coverage "arbre-couverture" "17. A question, choice, outcome or letter that no scenario uses."
        "Chaque question, chaque réponse, chaque issue et chaque lettre doit servir dans au moins un scénario, pour qu’un changement involontaire se voie. Ajoutez un scénario qui passe par là."
    Budget "arbre-budget" "18. The tree needs too many static pages, paths or states."
        "Sans JavaScript, le questionnaire devient un nombre fini de pages reliées. Trop de réponses lues ensemble à la fin font exploser ce nombre. Concluez plus tôt (arreter_si), posez moins de questions par parcours, ou séparez le questionnaire en deux."
}

#[cfg(test)]
mod tests {
    use super::Rule;
    use std::collections::BTreeSet;

    #[test]
    fn every_rule_has_its_own_kebab_case_name_and_an_explanation() {
        let ids: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
        assert_eq!(ids.len(), Rule::ALL.len());
        for rule in Rule::ALL {
            assert!(
                rule.id().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
                "{}",
                rule.id()
            );
            assert!(rule.explanation().len() > 120, "{}", rule.id());
        }
    }
}
