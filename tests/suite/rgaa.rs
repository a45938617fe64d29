//! The criteria of the RGAA that only a browser can judge, on one page of each kind: text twice as large, wide
//! spaces, a narrow window, the ring of the focus, forced colours, paper, less motion, no style, no script.
//! Each test has the name that `content/accessibilite/criteres.yaml` gives it; see [`tests::record`].

mod behaviour;
mod corrections;
mod frequent_faults;
mod keyboard;
mod matrix;
mod sample;
mod walk;

use tests::record;

/// A check of the shared walk, under its name in the sheet of criteria.
macro_rules! checked {
    ($($test:ident: $name:literal,)*) => {$(
        #[test]
        fn $test() {
            record::run($name, || walk::expect_none($name));
        }
    )*};
}

checked! {
    text_twice_as_large_is_neither_cut_nor_hidden: "texte-double",
    wide_spaces_cut_nothing: "espacement",
    a_narrow_window_scrolls_one_way: "ecran-etroit",
    the_focus_is_seen_whole_everywhere: "focus-visible",
    fields_icons_and_drawings_stand_out: "contraste-composants",
    forced_colours_keep_edges_icons_and_marks: "couleurs-forcees",
    without_style_all_is_there_in_order: "sans-style",
    colours_of_text_and_ground_go_together: "couleurs-ensemble",
    labels_stand_beside_their_fields: "etiquette-accolee",
    nothing_appears_under_a_pointer_alone: "apparition",
    both_ways_of_holding_a_phone_say_the_same: "orientation",
    targets_are_wide_enough_for_a_finger: "cibles",
    paper_says_who_where_and_when: "impression",
    nothing_moves_for_who_asked: "mouvement-reduit",
    faults_of_forms_are_told_and_tied: "erreurs-de-saisie",
}
