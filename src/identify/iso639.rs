//! Codes of languages: ISO 639-1 to ISO 639-3, and the one code used here where a language has several.

/// ISO 639-1 and ISO 639-3, in order: the 184 codes of the 639-3 registry (SIL, as in Debian's iso-codes), and
/// six that were withdrawn and are still met (`bh`, `in`, `iw`, `ji`, `jw`, `mo`).
const TWO_LETTERS: &str = "\
    aa:aar ab:abk ae:ave af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak \
    be:bel bg:bul bh:bho bi:bis bm:bam bn:ben bo:bod br:bre bs:bos ca:cat ce:che ch:cha co:cos \
    cr:cre cs:ces cu:chu cv:chv cy:cym da:dan de:deu dv:div dz:dzo ee:ewe el:ell en:eng eo:epo \
    es:spa et:est eu:eus fa:fas ff:ful fi:fin fj:fij fo:fao fr:fra fy:fry ga:gle gd:gla gl:glg \
    gn:grn gu:guj gv:glv ha:hau he:heb hi:hin ho:hmo hr:hrv ht:hat hu:hun hy:hye hz:her ia:ina \
    id:ind ie:ile ig:ibo ii:iii ik:ipk in:ind io:ido is:isl it:ita iu:iku iw:heb ja:jpn ji:yid \
    jv:jav jw:jav ka:kat kg:kon ki:kik kj:kua kk:kaz kl:kal km:khm kn:kan ko:kor kr:kau ks:kas \
    ku:kur kv:kom kw:cor ky:kir la:lat lb:ltz lg:lug li:lim ln:lin lo:lao lt:lit lu:lub lv:lav \
    mg:mlg mh:mah mi:mri mk:mkd ml:mal mn:mon mo:ron mr:mar ms:msa mt:mlt my:mya na:nau nb:nob \
    nd:nde ne:nep ng:ndo nl:nld nn:nno no:nor nr:nbl nv:nav ny:nya oc:oci oj:oji om:orm or:ori \
    os:oss pa:pan pi:pli pl:pol ps:pus pt:por qu:que rm:roh rn:run ro:ron ru:rus rw:kin sa:san \
    sc:srd sd:snd se:sme sg:sag sh:hbs si:sin sk:slk sl:slv sm:smo sn:sna so:som sq:sqi sr:srp \
    ss:ssw st:sot su:sun sv:swe sw:swa ta:tam te:tel tg:tgk th:tha ti:tir tk:tuk tl:tgl tn:tsn \
    to:ton tr:tur ts:tso tt:tat tw:twi ty:tah ug:uig uk:ukr ur:urd uz:uzb ve:ven vi:vie vo:vol \
    wa:wln wo:wol xh:xho yi:yid yo:yor za:zha zh:zho zu:zul";

/// A code and the one used here instead, in order: macrolanguages and the member that text in them is nearly
/// always in (`zho` is `cmn`), members where the macrolanguage's code is the usual one (`ekk` is `est`), and codes that
/// were withdrawn. Dialects that a model tells apart stay apart.
const USED: &str = "\
    aka:twi ara:arb aym:ayr aze:azj bik:bcl chm:mhr din:dik doi:dgo ekk:est eml:egl fas:pes ful:fuv \
    gug:grn ike:iku kau:knc kng:kon kok:gom kom:kpv kur:kmr lah:pnb lav:lvs mlg:plt mol:ron mon:khk \
    msa:zsm nep:npi nor:nob ori:ory orm:gaz pus:pbt que:quy sqi:als src:srd sro:srd swa:swh uzb:uzn \
    yid:ydd zho:cmn";

/// Languages mostly written in another script than Latin, for labels that leave the script out: those of ISO 639-1
/// and of the Wikipedias.
const SCRIPTS: &[(&str, &str)] = &[
    (
        "Arab",
        "arb arz ary aeb apc azb bal ckb glk kas lki lrc mzn pbt pes pnb prs skr snd uig urd",
    ),
    ("Armn", "hye hyw"),
    ("Beng", "asm ben bpy ctg syl"),
    ("Cans", "cre iku oji"),
    (
        "Cyrl",
        "abk ady alt ava bak bel bul bxr che chu chv inh kaz kbd khk kir kjh koi kpv krc lbe lez mdf mhr mkd mrj \
      myv oss rue rus sah srp tat tgk tyv udm ukr xal",
    ),
    (
        "Deva",
        "anp awa bho bih brx dgo dty gom hin hne mag mai mar new npi pli san",
    ),
    ("Ethi", "amh tir"),
    ("Geor", "kat xmf lzz"),
    ("Goth", "got"),
    ("Grek", "ell grc pnt"),
    ("Gujr", "guj"),
    ("Guru", "pan"),
    ("Hang", "kor"),
    ("Hans", "cmn gan wuu hsn cjy"),
    ("Hant", "yue hak nan lzh"),
    ("Hebr", "heb lad ydd"),
    ("Jpan", "jpn ryu"),
    ("Khmr", "khm"),
    ("Knda", "kan tcy"),
    ("Laoo", "lao"),
    ("Mlym", "mal"),
    ("Mymr", "mya mnw shn"),
    ("Nkoo", "nqo"),
    ("Olck", "sat"),
    ("Orya", "ory"),
    ("Sinh", "sin"),
    ("Syrc", "arc syc"),
    ("Taml", "tam"),
    ("Telu", "tel"),
    ("Tfng", "zgh"),
    ("Thaa", "div"),
    ("Thai", "tha"),
    ("Tibt", "bod dzo"),
    ("Yiii", "iii"),
];

/// ISO 639-3 for a code of ISO 639-1 (two lower-case letters).
pub(crate) fn from_two_letters(code: &str) -> Option<&'static str> {
    find(TWO_LETTERS, code)
}

/// The code used here for a code of ISO 639-3.
pub(crate) fn used(code: &str) -> &str {
    find(USED, code).unwrap_or(code)
}

/// The script that a language is mostly written in; Latin where nothing else is known.
pub(crate) fn usual_script(code: &str) -> &'static str {
    let found = SCRIPTS
        .iter()
        .find(|(_, codes)| codes.split(' ').any(|c| c == code));
    found.map_or("Latn", |(script, _)| script)
}

/// What stands beside `key` in a table of pairs.
fn find(table: &'static str, key: &str) -> Option<&'static str> {
    let mut pairs = table.split(' ').filter_map(|pair| pair.split_once(':'));
    pairs.find(|(code, _)| *code == key).map(|(_, found)| found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_every_two_letter_code() {
        assert_eq!(TWO_LETTERS.split(' ').count(), 190);
        assert!(
            TWO_LETTERS.split(' ').all(|pair| pair.len() == 6),
            "{TWO_LETTERS}"
        );
        assert!(TWO_LETTERS.split(' ').is_sorted());
        assert_eq!(from_two_letters("en"), Some("eng"));
        assert_eq!(from_two_letters("zu"), Some("zul"));
        assert_eq!(from_two_letters("aa"), Some("aar"));
        assert_eq!(from_two_letters("xx"), None);
        assert_eq!(from_two_letters("e"), None);
        assert_eq!(from_two_letters(""), None);
    }

    #[test]
    fn uses_one_code_for_a_language() {
        assert_eq!(USED.split(' ').count(), 38);
        assert!(
            USED.split(' ')
                .all(|pair| pair.len() == 7 && pair.is_ascii()),
            "{USED}"
        );
        assert!(USED.split(' ').is_sorted());
        assert_eq!(used("zho"), "cmn");
        assert_eq!(used("ekk"), "est");
        assert_eq!(used("acm"), "acm");
        // What is used is not replaced again.
        for pair in USED.split(' ') {
            assert_eq!(used(&pair[4..]), &pair[4..]);
        }
    }

    #[test]
    fn knows_scripts() {
        assert_eq!(usual_script("rus"), "Cyrl");
        assert_eq!(usual_script("eng"), "Latn");
        assert_eq!(usual_script("cmn"), "Hans");
    }
}
