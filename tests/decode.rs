//! Cases of decoding: each witness, damage, mojibake, streams that change, binary files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)] // a test that cannot go on should say so

use cleanfilter::decode::{Decoder, Settings, binary, decode, decode_owned};
use cleanfilter::document::Reading;

fn read(bytes: &[u8]) -> (String, Reading) {
    decode(bytes, None, &Settings::default())
}

fn encoded(text: &str, label: &str) -> Vec<u8> {
    let (bytes, _, lost) = encoding_rs::Encoding::for_label(label.as_bytes())
        .unwrap()
        .encode(text);
    assert!(!lost, "{label} cannot hold {text}");
    bytes.into_owned()
}

fn check(bytes: &[u8], text: &str, encoding: &str, witness: &str) -> Reading {
    let (found, reading) = read(bytes);
    assert_eq!(
        (found.as_str(), reading.encoding, reading.witness),
        (text, encoding, witness),
        "of {bytes:?}"
    );
    reading
}

#[test]
fn nothing_and_ascii_are_utf8() {
    check(b"", "", "UTF-8", "utf8");
    check(b"plain\r\n", "plain\r\n", "UTF-8", "utf8");
    check("déjà vu".as_bytes(), "déjà vu", "UTF-8", "utf8");
}

#[test]
fn a_mark_decides_and_is_not_text() {
    check(b"\xef\xbb\xbfhello", "hello", "UTF-8", "mark");
    check(b"\xff\xfeh\0i\0", "hi", "UTF-16LE", "mark");
    check(b"\xfe\xff\0h\0i", "hi", "UTF-16BE", "mark");
    check(b"\xff\xfe\0\0h\0\0\0", "h", "UTF-32LE", "mark");
    check(b"\0\0\xfe\xff\0\0\0h", "h", "UTF-32BE", "mark");
    // Elsewhere it is a character like any other.
    check("a\u{feff}b".as_bytes(), "a\u{feff}b", "UTF-8", "utf8");
}

#[test]
fn escapes_decide() {
    check(
        &encoded("港は静かだった。", "iso-2022-jp"),
        "港は静かだった。",
        "ISO-2022-JP",
        "escape",
    );
    check(
        b"\x1b$)C\x0e0!A$@:\x0f.",
        "가정은.",
        "ISO-2022-KR",
        "escape",
    );
    check(b"~{VPNDND5X~} ok", "中文文地 ok", "HZ-GB-2312", "escape");
    check(b"Z+APw-rich", "Zürich", "UTF-7", "escape");
    // Signs that are none.
    for text in [
        "Use ~{ and ~} as marks",
        "call +49-30-123",
        "<meta charset=utf-7>+ADw-script+AD4-",
        "1+1=2",
    ] {
        check(text.as_bytes(), text, "UTF-8", "utf8");
    }
}

#[test]
fn what_is_stated_wins() {
    let stated = |label: &str| Settings {
        encoding: Some(label.into()),
        ..Settings::default()
    };
    let (text, reading) = decode("é".as_bytes(), None, &stated("windows-1252"));
    assert_eq!(
        (text.as_str(), reading.encoding, reading.witness),
        ("Ã©", "windows-1252", "stated")
    );
    assert_eq!(decode(b"\x82t\x82", None, &stated("cp437")).0, "été");
    assert_eq!(decode(b"a\xffb", None, &stated("utf-8")).0, "a\u{fffd}b");
    assert!(stated("cp850").check().is_ok());
    let error = stated("klingon").check().unwrap_err();
    assert!(error.contains("klingon") && error.contains("use a label") && !error.contains('\n'));
}

#[test]
fn a_declaration_counts_where_the_bytes_bear_it_out() {
    let page = |label: &str, bytes: &[u8]| {
        [
            format!("<!-- charset=koi8-r --><meta charset={label}><p>").as_bytes(),
            bytes,
        ]
        .concat()
    };
    let (text, reading) = read(&page("iso-8859-16", &encoded("în Timișoara", "utf-8")));
    assert!(text.ends_with("în Timișoara"), "{text}");
    assert_eq!(reading.encoding, "UTF-8");
    assert!(
        reading.notes[0].contains("ISO-8859-16"),
        "{:?}",
        reading.notes
    );
    let (text, reading) = read(&page("macintosh", b"caf\x8e"));
    assert!(text.ends_with("café"), "{text}");
    assert_eq!(
        (reading.encoding, reading.witness),
        ("macintosh", "declaration")
    );
    assert!(reading.notes.is_empty());
    // From outside, as an HTTP answer says it; in XML; for an editor.
    let outside = decode(
        b"\xd5\xe0\xe8",
        Some("text/html; charset=\"koi8-r\""),
        &Settings::default(),
    );
    assert_eq!(
        (outside.0.as_str(), outside.1.witness),
        ("уЮХ", "declaration")
    );
    assert_eq!(
        read(b"<?xml version='1.0' encoding='cp850'?><p>d\x82j\x85</p>")
            .1
            .encoding,
        "IBM850"
    );
    let editors: [(&[u8], &str); 6] = [
        (b"# -*- coding: cp437 -*-\n# d\x82j\x85\n", "IBM437"),
        (b"# d\x82j\x85\n# vim: set fenc=cp850 :\n", "IBM850"),
        (
            b";; -*- mode: lisp; coding: latin-2-unix -*-\n;; \xe9t\xe9\n",
            "ISO-8859-2",
        ),
        (b"# -*- coding: latin-1 -*-\n# \xe9t\xe9\n", "windows-1252"),
        (
            b"d\x82j\x85\n;; Local Variables:\n;; mode: text\n;; coding: cp850\n;; End:\n",
            "IBM850",
        ),
        (
            b"/* vim: set fileencoding=koi8-r : */\n\xf0\xd2\xc9\xd7\xc5\xd4",
            "KOI8-R",
        ),
    ];
    for (bytes, encoding) in editors {
        let reading = read(bytes).1;
        assert_eq!(
            (reading.encoding, reading.witness),
            (encoding, "declaration")
        );
    }
}

#[test]
fn damaged_utf8_stays_utf8() {
    let good = "Гавань была тиха, пока не вернулись лодки.\n";
    let reading = check(
        &[good.as_bytes(), b"\xff", good.as_bytes()].concat(),
        &format!("{good}\u{fffd}{good}"),
        "UTF-8",
        "utf8",
    );
    let at = good.len() as u64;
    assert_eq!(reading.replaced_bytes, 1);
    assert_eq!(
        reading.replaced.as_slice(),
        std::slice::from_ref(&(at..at + 1))
    );
    // Cut in the middle of a character, at either end.
    let cut = read(&good.as_bytes()[1..good.len() - 3]);
    assert!(
        cut.0.starts_with("\u{fffd}авань") && cut.0.ends_with("лодк\u{fffd}"),
        "{}",
        cut.0
    );
    for (text, label) in [
        ("船还没有回来，港口很安静，鱼市也还没有人打开。", "gbk"),
        (
            "舟が戻る前の港は静かで、魚市場はまだ誰も開けていなかった。",
            "euc-jp",
        ),
        ("배가돌아오기전의항구는조용하고아무도없었다.", "euc-kr"),
    ] {
        let (found, reading) = read(&encoded(text, label)[1..]);
        assert_eq!(found.chars().next(), Some('\u{fffd}'), "{label}: {found}");
        assert!(
            found.chars().skip(1).eq(text.chars().skip(1)),
            "{label}: {found}"
        );
        assert_eq!(reading.replaced.as_slice(), std::slice::from_ref(&(0..1)));
    }
    // NULs stay.
    let nul = "тиха\0я гавань\0";
    check(nul.as_bytes(), nul, "UTF-8", "utf8");
}

#[test]
fn stretches_of_windows_1252_in_utf8_are_read() {
    let (text, reading) = read(
        b"Le caf\xc3\xa9 \x96 c\x92est l\xe0 \x97 est tr\xc3\xa8s bien situ\xc3\xa9, na\xefve.\n",
    );
    assert_eq!(text, "Le café – c’est là — est très bien situé, naïve.\n");
    assert_eq!((reading.encoding, reading.replaced_bytes), ("UTF-8", 0));
}

#[test]
fn lines_in_two_encodings_are_read_as_both() {
    let one = "Гавань была тиха, пока не вернулись лодки.\n";
    let two = "Рыбный рынок ещё никто не открывал.\n";
    let (text, reading) = read(
        &[
            one.as_bytes(),
            &encoded(two, "windows-1251"),
            one.as_bytes(),
            &encoded(two, "windows-1251"),
        ]
        .concat(),
    );
    assert_eq!(text, [one, two, one, two].concat());
    assert!(
        reading
            .notes
            .iter()
            .any(|n| n.starts_with("2 lines read as")),
        "{:?}",
        reading.notes
    );
}

#[test]
fn a_stream_is_revised_without_loss() {
    let ascii = "Nothing but ASCII up to here, line by line.\n".repeat(5_000_000 / 44 + 1);
    let late = "Гавань была тиха, пока не вернулись лодки.\n".repeat(20);
    for label in ["windows-1251", "utf-8", "koi8-r"] {
        let bytes = [ascii.as_bytes(), &encoded(&late, label)].concat();
        let (mut text, mut decoder) = (String::new(), Decoder::new(None, &Settings::default()));
        let mut chunks = bytes.chunks(100_003).peekable();
        while let Some(chunk) = chunks.next() {
            decoder.feed(chunk, chunks.peek().is_none(), &mut text);
        }
        assert!(
            text == [ascii.as_str(), &late].concat(),
            "{label}: {:?}",
            decoder.reading()
        );
    }
}

#[test]
fn mojibake_is_put_right_on_demand() {
    let repair = Settings {
        repair_mojibake: true,
        ..Settings::default()
    };
    let twice = "CafÃƒÂ© crÃƒÂ¨me";
    for (wrong, right) in [
        ("Le cafÃ© de la gare", "Le café de la gare"),
        (twice, "Café crème"),
        ("РџСЂРёРІРµС‚, РјРёСЂ", "Привет, мир"),
        ("├ñrgerlich", "ärgerlich"),
        (
            "The sequence â€™ is what ’ turns into.",
            "The sequence â€™ is what ’ turns into.",
        ),
        ("ÂNGELA E JOÃO", "ÂNGELA E JOÃO"),
    ] {
        let (text, reading) = decode(wrong.as_bytes(), None, &repair);
        assert_eq!(text, right);
        assert_eq!(
            reading.notes.len(),
            usize::from(wrong != right),
            "{:?}",
            reading.notes
        );
        assert_eq!(
            read(wrong.as_bytes()).0,
            wrong,
            "not unless it is asked for"
        );
    }
}

#[test]
fn utf16_without_a_mark_is_read_in_both_orders() {
    for text in [
        "Tom said hello.",
        "Гавань была тиха.",
        "港は静かだった。",
        "ბავშვები იცინოდნენ",
        "बच्चे हँसते हुए भागे",
    ] {
        let units: Vec<u16> = text.encode_utf16().collect();
        let le: Vec<u8> = units.iter().flat_map(|u| u.to_le_bytes()).collect();
        let be: Vec<u8> = units.iter().flat_map(|u| u.to_be_bytes()).collect();
        check(&le, text, "UTF-16LE", "utf16");
        check(&be, text, "UTF-16BE", "utf16");
        assert_eq!((binary(&le), binary(&be)), (None, None));
    }
}

#[test]
fn a_buffer_given_away_is_not_copied() {
    let bytes = "déjà vu ".repeat(1000).into_bytes();
    let place = bytes.as_ptr();
    let (text, _) = decode_owned(bytes, None, &Settings::default());
    assert_eq!(text.as_ptr(), place);
    assert_eq!(
        decode_owned(b"\xef\xbb\xbfa".to_vec(), None, &Settings::default()).0,
        "a"
    );
    assert_eq!(
        decode_owned(b"caf\xe9 cr\xe8me".to_vec(), None, &Settings::default()).0,
        "café crème"
    );
}

#[test]
fn binary_files_are_named_and_texts_are_not() {
    let noise: Vec<u8> = (0..4096u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    let with = |head: &[u8]| [head, &noise].concat();
    for (bytes, name) in [
        (with(b"\x89PNG\r\n\x1a\n"), "PNG image"),
        (with(b"\xff\xd8\xff\xe0"), "JPEG image"),
        (with(b"%PDF-1.7\n"), "PDF document"),
        (with(b"\x1f\x8b\x08\0"), "gzip archive"),
        (with(b"PK\x03\x04"), "zip archive"),
        (with(b"\x7fELF\x02\x01\x01"), "ELF executable"),
        (with(b"MZ\x90\0"), "Windows executable"),
        (with(b"RIFF\0\0\0\0WEBP"), "WebP image"),
        (with(b"BZh91AY"), "bzip2 archive"),
        (noise.clone(), "binary data"),
        (vec![0; 100], "binary data"),
    ] {
        assert_eq!(binary(&bytes), Some(name));
    }
    let nuls = "Гавань была тиха, пока\0 не вернулись лодки.".repeat(5);
    for text in [
        &b""[..],
        b"BMW and PK are short words",
        b"GIF is a format",
        b"MZ",
        b"%PDF is a format\n",
        nuls.as_bytes(),
        &encoded("Гавань была тиха", "koi8-r"),
        &encoded("港は静かだった。", "shift_jis"),
        &encoded("港は静か", "iso-2022-jp"),
        b"\xff\xfeh\0i\0",
        b"\x1b[1mcolour\x1b[0m in a log\x1b[1m again\x1b[0m",
        b"page\x0cpage\x1a",
    ] {
        assert_eq!(binary(text), None, "{text:?}");
    }
}

#[test]
fn the_code_pages_are_what_their_command_writes() {
    let Ok(written) = std::process::Command::new("python3")
        .arg("crates/train/codepages.py")
        .output()
    else {
        eprintln!("skipped: no python3");
        return;
    };
    assert_eq!(
        String::from_utf8(written.stdout).unwrap(),
        std::fs::read_to_string("src/tables/codepages.rs").unwrap()
    );
}

#[test]
fn a_long_text_is_read_as_a_short_one() {
    let line = "Le marché aux poissons n'était pas encore ouvert, et la rade dormait près des bateaux rentrés.\n";
    for lines in [1, 5, 20, 200, 5000] {
        let reading = check(
            &encoded(&line.repeat(lines), "windows-1252"),
            &line.repeat(lines),
            "windows-1252",
            "statistics",
        );
        assert!(reading.notes.is_empty());
    }
}
