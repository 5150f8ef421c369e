#![allow(clippy::unwrap_used)] // a test may fail

use std::io::{Read, Write};
use std::path::Path;

use proptest::prelude::*;

use super::{Broken, Compression, MAGIC_BYTES, STEP_BYTES, unpack};
use crate::cli::output::compress::Packer;

const ALL: [Compression; 5] = [
    Compression::None,
    Compression::Gzip,
    Compression::Zstd,
    Compression::Bzip2,
    Compression::Xz,
];

fn packed(compression: Compression, text: &[u8]) -> Vec<u8> {
    let mut packer = Packer::new(compression, Vec::new()).unwrap();
    packer.write_all(text).unwrap();
    packer.finish().unwrap()
}

fn unpacked_by(threads: usize, bytes: &[u8]) -> (Compression, Vec<u8>, Option<std::io::Error>) {
    let (compression, mut reader) = unpack(bytes, threads).unwrap();
    let mut out = Vec::new();
    let error = reader.read_to_end(&mut out).err();
    (compression, out, error)
}

/// By one thread, and the same by several.
fn unpacked(bytes: &[u8]) -> (Compression, Vec<u8>, Option<std::io::Error>) {
    let (compression, out, error) = unpacked_by(0, bytes);
    let several = unpacked_by(3, bytes);
    let told = |error: &Option<std::io::Error>| error.as_ref().map(ToString::to_string);
    assert_eq!(
        (several.0, several.1 == out, told(&several.2)),
        (compression, true, told(&error))
    );
    (compression, out, error)
}

/// Text that does not pack away to nothing.
fn text(bytes: usize) -> Vec<u8> {
    let mut seed = 1u32;
    std::iter::repeat_with(|| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        b"etaoin shrdlu\n"[(seed >> 24) as usize % 14]
    })
    .take(bytes)
    .collect()
}

#[test]
fn many_members_are_many_parts() {
    for compression in [Compression::Gzip, Compression::Zstd] {
        let texts: Vec<Vec<u8>> = (0..60).map(|i| text(20_000 + 700 * i)).collect();
        let members: Vec<Vec<u8>> = texts.iter().map(|t| packed(compression, t)).collect();
        let archive = members.concat();
        assert!(archive.len() > 2 * super::ahead::PART_BYTES);
        let (_, out, error) = unpacked(&archive);
        assert!(error.is_none() && out == texts.concat());
        // Broken late: all before the break is handed out, whoever unpacks it.
        let mut broken = archive.clone();
        let at = archive.len() - members[59].len() / 2;
        broken[at..at + 40].fill(0x55);
        let (_, out, error) = unpacked(&broken);
        assert!(Broken::of(&error.unwrap()).is_some());
        assert!(out.len() >= texts[..59].concat().len());
        // What looks like a member's begin is none.
        let inside = packed(compression, &packed(Compression::None, &archive[..700_000]));
        let archive = [members.concat(), inside, members.concat()].concat();
        let (_, out, error) = unpacked(&archive);
        assert!(error.is_none() && out.len() > 2 * texts.concat().len());
    }
}

#[test]
fn members_follow_one_another() {
    for compression in ALL {
        let archive = [
            packed(compression, b"one\n"),
            packed(compression, b""),
            packed(compression, b"two\n"),
        ]
        .concat();
        let (found, out, error) = unpacked(&archive);
        assert_eq!(
            (found, out.as_slice()),
            (compression, &b"one\ntwo\n"[..]),
            "{error:?}"
        );
        assert!(error.is_none(), "{compression}: {error:?}");
    }
}

#[test]
fn zeros_behind_gzip_are_no_damage() {
    let archive = [
        packed(Compression::Gzip, b"one"),
        vec![0; 70_000],
        packed(Compression::Gzip, b"two"),
        vec![0; 512],
    ];
    let (_, out, error) = unpacked(&archive.concat());
    assert_eq!(out, b"onetwo");
    assert!(error.is_none(), "{error:?}");
}

#[test]
fn what_lies_before_the_break_is_kept() {
    let text = text(1 << 20);
    for compression in &ALL[1..] {
        let archive = packed(*compression, &text);
        let (_, out, error) = unpacked(&archive[..archive.len() - 3]);
        let error = error.unwrap_or_else(|| panic!("{compression}: no error"));
        let broken = Broken::of(&error).unwrap_or_else(|| panic!("{compression}: {error}"));
        assert!(broken.truncated, "{compression}: {error}");
        assert_eq!(
            error.to_string(),
            format!("{compression} archive is truncated")
        );
        assert!(text.starts_with(&out));

        // A member that is whole is read whole, whatever breaks behind it. What has not been unpacked yet in a step
        // may go missing; bzip2 and zstd unpack by blocks.
        let (_, out, error) = unpacked(
            &[
                archive.clone(),
                b"something else that is long enough".to_vec(),
            ]
            .concat(),
        );
        let error = error.unwrap_or_else(|| panic!("{compression}: no error"));
        assert!(
            Broken::of(&error).is_some_and(|broken| !broken.truncated),
            "{compression}: {error:?}"
        );
        assert!(
            text.starts_with(&out) && out.len() + STEP_BYTES >= text.len(),
            "{compression}: {}",
            out.len()
        );
    }
}

#[test]
fn a_gzip_cut_in_the_middle_gives_its_first_half() {
    let text = text(1 << 20);
    let archive = packed(Compression::Gzip, &text);
    let (_, out, error) = unpacked(&archive[..archive.len() / 2]);
    assert!(
        text.starts_with(&out) && out.len() > text.len() * 2 / 5,
        "{}",
        out.len()
    );
    assert!(Broken::of(&error.unwrap()).unwrap().truncated);
}

#[test]
fn texts_that_begin_like_archives_are_texts() {
    let cases: [&[u8]; 8] = [
        b"",
        b"B",
        b"BZh9 is how it begins",
        b"BZh91AY",
        b"PQ",
        b"\x1F",
        b"\xFD7zX",
        b"\x28\xB5\x2F",
    ];
    for bytes in cases {
        let (compression, out, error) = unpacked(bytes);
        assert_eq!((compression, out.as_slice()), (Compression::None, bytes));
        assert!(error.is_none());
    }
}

#[test]
fn an_answer_does_not_wait_for_more_than_it_needs() {
    struct Typed(&'static [u8]);
    impl Read for Typed {
        fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
            assert!(!self.0.is_empty(), "waits for more");
            self.0.read(buf)
        }
    }
    let (compression, _) = unpack(std::io::BufReader::new(Typed(b"h")), 0).unwrap();
    assert_eq!(compression, Compression::None);
}

#[test]
fn names_say_how_output_is_packed() {
    let cases = [
        ("a.jsonl.gz", Compression::Gzip),
        ("a.GZ", Compression::Gzip),
        ("a.zst", Compression::Zstd),
        ("a.bz2", Compression::Bzip2),
        ("a.xz", Compression::Xz),
        ("gz", Compression::None),
        ("a.gz/b", Compression::None),
    ];
    for (name, compression) in cases {
        assert_eq!(Compression::of_name(Path::new(name)), compression, "{name}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_survived(head in 0usize..ALL.len(), bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut archive = packed(ALL[head], b"text");
        archive.truncate(MAGIC_BYTES);
        archive.extend(bytes);
        let _ = unpacked(&archive);
    }
}
