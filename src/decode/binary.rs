//! Files that are not text: told by their first bytes, named, passed over.

use super::encoding::Encoding;
use super::{mark, wide};

/// Signatures at the start of files, and what they are. The specifications of the formats name them.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"II*\0", "TIFF image"),
    (b"MM\0*", "TIFF image"),
    (b"\0\0\x01\0", "Windows icon"),
    (b"8BPS\0", "Photoshop image"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000 image"),
    (b"\x76\x2f\x31\x01", "OpenEXR image"),
    (b"%PDF-", "PDF document"),
    (b"%!PS-", "PostScript document"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "Microsoft Office document",
    ),
    (b"{\\rtf", "RTF document"),
    (b"PK\x03\x04", "zip archive"),
    (b"PK\x05\x06", "zip archive"),
    (b"\x1f\x8b\x08", "gzip archive"),
    (b"\x1f\x9d", "compress archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ\0", "xz archive"),
    (b"\x28\xb5\x2f\xfd", "zstd archive"),
    (b"\x04\x22\x4d\x18", "lz4 archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"Rar!\x1a\x07", "rar archive"),
    (b"!<arch>\n", "ar archive"),
    (b"MSCF\0\0\0\0", "cabinet archive"),
    (b"\xed\xab\xee\xdb", "RPM package"),
    (b"\x7fELF", "ELF executable"),
    (b"\xfe\xed\xfa\xce", "Mach-O executable"),
    (b"\xfe\xed\xfa\xcf", "Mach-O executable"),
    (b"\xce\xfa\xed\xfe", "Mach-O executable"),
    (b"\xcf\xfa\xed\xfe", "Mach-O executable"),
    (b"\xca\xfe\xba\xbe", "Java class or Mach-O executable"),
    (b"\0asm", "WebAssembly module"),
    (b"dex\n03", "Dalvik executable"),
    (b"OggS\0", "Ogg media"),
    (b"fLaC\0", "FLAC audio"),
    (b"ID3\x02", "MP3 audio"),
    (b"ID3\x03", "MP3 audio"),
    (b"ID3\x04", "MP3 audio"),
    (b"MThd\0\0\0\x06", "MIDI audio"),
    (b"\x1a\x45\xdf\xa3", "Matroska video"),
    (b"FLV\x01", "Flash video"),
    (b"\0\0\x01\xba", "MPEG video"),
    (b"\0\0\x01\xb3", "MPEG video"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"OTTO\0", "font"),
    (b"\0\x01\0\0\0", "font"),
    (b"true\0", "font"),
    (b"ttcf\0", "font"),
    (b"SQLite format 3\0", "SQLite database"),
    (b"PAR1", "Parquet table"),
    (b"ARROW1\0\0", "Arrow table"),
    (b"\x93NUMPY", "NumPy array"),
    (b"\x89HDF\r\n\x1a\n", "HDF5 data"),
    (b"\x80\x02", "Python pickle"),
    (b"\x80\x03", "Python pickle"),
    (b"\x80\x04\x95", "Python pickle"),
    (b"\x80\x05\x95", "Python pickle"),
];

/// Bytes at the start that are looked at for signs of binary data.
const SEARCHED_BYTES: usize = 8 << 10;

/// What a file that is not text is; `None` for text, of whatever encoding, UTF-16 and text with a few NULs included.
pub fn binary(head: &[u8]) -> Option<&'static str> {
    let head = head.get(..SEARCHED_BYTES).unwrap_or(head);
    if let Some((signature, name)) = SIGNATURES
        .iter()
        .find(|(signature, _)| head.starts_with(signature))
    {
        // A short signature of printable characters, or of two bytes, may open a text.
        let sure = signature.len() > 4
            || signature
                .iter()
                .any(|b| matches!(b, 0 | 1..=8 | 0x0e..=0x1a | 0x1c..=0x1f));
        if sure || looks_binary(head) {
            return Some(name);
        }
    }
    if let Some(name) = container(head) {
        return Some(name);
    }
    looks_binary(head).then_some("binary data")
}

/// Formats whose signature does not stand at the start, or has a part that varies.
fn container(head: &[u8]) -> Option<&'static str> {
    let at = |from: usize, what: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(what));
    if at(0, b"RIFF") && looks_binary(head) {
        return Some(match head.get(8..12) {
            Some(b"WEBP") => "WebP image",
            Some(b"WAVE") => "WAVE audio",
            Some(b"AVI ") => "AVI video",
            _ => "RIFF media",
        });
    }
    if at(4, b"ftyp") && head.first() == Some(&0) {
        return Some(if at(8, b"avif") || at(8, b"heic") || at(8, b"mif1") {
            "HEIF image"
        } else {
            "MP4 video"
        });
    }
    if at(257, b"ustar") {
        return Some("tar archive");
    }
    if at(0, b"MZ") && looks_binary(head) {
        return Some("Windows executable");
    }
    // The size of a bitmap's file and header follow its two letters.
    if at(0, b"BM") && at(6, &[0, 0, 0, 0]) {
        return Some("BMP image");
    }
    // MP3 without a tag: the sync bits and a bit rate; text in UTF-16 has its mark there and is told below.
    if matches!(head, [0xff, 0xfb | 0xf3 | 0xf2, ..]) && looks_binary(head) {
        return Some("MP3 audio");
    }
    None
}

/// Whether the bytes have control characters as no text does, in no encoding that has units of two or four bytes.
fn looks_binary(head: &[u8]) -> bool {
    if matches!(mark::mark(head), Some((encoding, _)) if encoding != Encoding::UTF8)
        || wide::wide(head).is_some()
    {
        return false;
    }
    // Tab, line feed, vertical tab, form feed, return, SO, SI, SUB (DOS end of file) and ESC occur in texts; NEL (0x15 and
    // 0x25 in EBCDIC) as well.
    let odd = |b: &u8| matches!(b, 1..=8 | 0x10..=0x14 | 0x16..=0x19 | 0x1c..=0x1f);
    let nuls = memchr::memchr_iter(0, head).count();
    let controls = head.iter().filter(|b| odd(b)).count();
    // Damaged texts of the encodings corpus have up to 1.5 % NULs; executables and images have 10 % and more. A valid
    // UTF-8 text is given more room than bytes that are not.
    let room = if std::str::from_utf8(head).is_ok() {
        head.len() / 8
    } else {
        head.len() / 30
    };
    nuls + controls > room.max(2)
}
