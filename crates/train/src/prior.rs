//! How much is written in each language: a prior for texts of a few words, which evidence soon outweighs.
//!
//! Levels, about a factor of ten each, by the size of a language's share of the web and of its encyclopaedia: 4 the
//! languages with a percent of the web and more, 3 those with national media of their own and a hundred thousand
//! articles and more, 2 those with daily media or state use, 1 those with some, 0 the others.

const LEVEL_4: &str =
    "eng rus deu spa fra jpn por ita cmn pol nld tur ces vie ind pes swe arb kor ell hun ukr ron";
const LEVEL_3: &str = "dan fin nob heb tha slk bul hrv srp lit slv est cat lvs hin ben tam urd als azj bel eus glg kat kaz \
    hye mkd zsm mar tel bos npi sin mal isl khk epo tgl uzn afr";
const LEVEL_2: &str = "guj kan pan mya khm lao amh swh som hau kin zul xho sna yor ibo mlt gle cym lat nno tat bak kir tgk \
    tuk uig pbt ckb kmr snd ory asm plt hat jav sun ceb tsn sot nso lug mri oci ast ltz fry fao bre nya ssw tso ven yue arz \
    gla roh srd arg chv che sah oss nds gsw ydd tir gaz prs azb pnb san hne ven nde nbl run lin";
const LEVEL_1: &str = "war pms lmo scn vec nap lim wln lij fur szl hsb dsb cos bar ksh stq vls pcd ido ina vol ilo pam hil bcl \
    min ace bjn bug mad ban tet smo ton fij tah haw grn quy ayr nav kal sme smn glk mzn lrc sco glv cor csb rue udm kom myv \
    mdf mhr mrj krc kbd ady abk ava lez lbe inh tyv xal bxr alt crh gag kaa dty new mai bho mag awa gom tcy bpy mni sat dzo \
    bod div shn mnw zgh kab ary aeb apc arq wol ful fuv bam ewe twi aka gaa fon dag kon lua kik luo tum bem lus tpi pap";

/// Nats a level is worth.
pub fn level(label: &str) -> f32 {
    let code = &label[..3];
    let of = |list: &str| list.split_whitespace().any(|c| c == code);
    // The lesser script of a language is written by few.
    let lesser = matches!(
        label,
        "kaz_Arab" | "tgk_Latn" | "tat_Latn" | "zsm_Arab" | "ace_Arab" | "bjn_Arab" | "kas_Deva"
    );
    let level = if of(LEVEL_4) {
        4.0
    } else if of(LEVEL_3) {
        3.0
    } else if of(LEVEL_2) {
        2.0
    } else if of(LEVEL_1) {
        1.0
    } else {
        0.0
    };
    if lesser { 0.0 } else { level }
}
