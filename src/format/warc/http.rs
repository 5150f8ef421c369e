//! HTTP responses inside WARC records.

use super::header::{charset, header_end, is_type, value};

/// What the block of a response holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Response {
    /// Text that starts at `payload`.
    Text {
        payload: usize,
        chunked: bool,
        declared: Option<String>,
    },
    /// Something that is passed over, and what it is.
    Other(&'static str),
    /// No HTTP.
    Broken(&'static str),
}

/// Looks at the block of a response.
pub fn response(block: &[u8]) -> Response {
    if !block.starts_with(b"HTTP/") {
        return Response::Broken("response without an HTTP header");
    }
    let Some(payload) = header_end(block) else {
        return Response::Broken("HTTP header without an end");
    };
    let header = &block[..payload];
    let Some(media) = value(header, "Content-Type") else {
        return Response::Other("response without a type");
    };
    if is_type(media, "text/html") || is_type(media, "application/xhtml+xml") {
        return Response::Other("html response");
    }
    if !is_type(media, "text/plain") {
        return Response::Other("response that is not text");
    }
    let coding = value(header, "Content-Encoding").unwrap_or_default();
    if !coding.is_empty() && !coding.eq_ignore_ascii_case(b"identity") {
        return Response::Other("compressed response");
    }
    let transfer = value(header, "Transfer-Encoding").unwrap_or_default();
    if transfer.is_empty() || transfer.eq_ignore_ascii_case(b"identity") {
        return Response::Text {
            payload,
            chunked: false,
            declared: charset(media),
        };
    }
    if transfer.eq_ignore_ascii_case(b"chunked") {
        return Response::Text {
            payload,
            chunked: true,
            declared: charset(media),
        };
    }
    Response::Other("compressed response")
}

/// What a chunked body says.
#[derive(Debug, PartialEq, Eq)]
pub enum Chunked {
    /// The whole body.
    Whole(Vec<u8>),
    /// The body up to where its chunks break.
    Broken(Vec<u8>),
    /// It does not begin with a chunk: the crawler took the chunks away and left the header.
    Plain,
}

/// Joins the chunks of a body.
pub fn unchunk(mut wire: &[u8]) -> Chunked {
    let mut body = Vec::with_capacity(wire.len());
    let mut first = true;
    loop {
        let Some((size, rest)) = chunk_size(wire) else {
            return if first {
                Chunked::Plain
            } else {
                Chunked::Broken(body)
            };
        };
        first = false;
        if size == 0 {
            return Chunked::Whole(body);
        }
        let Some(chunk) = rest.get(..size) else {
            body.extend_from_slice(rest);
            return Chunked::Broken(body);
        };
        body.extend_from_slice(chunk);
        let rest = &rest[size..];
        let Some(next) = rest
            .strip_prefix(b"\r\n")
            .or_else(|| rest.strip_prefix(b"\n"))
        else {
            return Chunked::Broken(body);
        };
        wire = next;
    }
}

/// The size in a chunk's first line, and what follows the line.
fn chunk_size(wire: &[u8]) -> Option<(usize, &[u8])> {
    let feed = memchr::memchr(b'\n', wire)?;
    let line = &wire[..feed];
    let digits = line.split(|&byte| byte == b';').next()?.trim_ascii();
    // 16 digits are 64 bits; `from_str_radix` would take a sign.
    if digits.is_empty() || digits.len() > 16 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let size = usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    Some((size, &wire[feed + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn responses_are_told_apart() {
        let text = |payload, chunked, declared: Option<&str>| Response::Text {
            payload,
            chunked,
            declared: declared.map(String::from),
        };
        let cases = [
            (
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nabc",
                text(45, false, None),
            ),
            (
                "HTTP/1.1 200 OK\nContent-Type: text/plain;charset=koi8-r\n\nabc",
                text(57, false, Some("koi8-r")),
            ),
            (
                "HTTP/1.1 200 OK\nContent-Type: text/plain\nTransfer-Encoding: Chunked\n\n",
                text(69, true, None),
            ),
            (
                "HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Encoding: gzip\n\n",
                Response::Other("compressed response"),
            ),
            (
                "HTTP/1.1 200 OK\nContent-Type: Text/HTML; charset=x\n\n",
                Response::Other("html response"),
            ),
            (
                "HTTP/1.1 200 OK\nContent-Type: image/png\n\n",
                Response::Other("response that is not text"),
            ),
            (
                "HTTP/1.1 200 OK\n\n",
                Response::Other("response without a type"),
            ),
            (
                "HTTP/1.1 200 OK\n",
                Response::Broken("HTTP header without an end"),
            ),
            (
                "GET / HTTP/1.1\n\n",
                Response::Broken("response without an HTTP header"),
            ),
        ];
        for (block, expected) in cases {
            assert_eq!(response(block.as_bytes()), expected, "{block}");
        }
    }

    #[test]
    fn chunks_are_joined() {
        let whole = |body: &str| Chunked::Whole(body.into());
        let broken = |body: &str| Chunked::Broken(body.into());
        let cases = [
            ("5\r\nhello\r\n0\r\n\r\n", whole("hello")),
            (
                "2;x=y\r\nhe\r\nA\nllo, there\n0\r\nTrailer: a\r\n\r\n",
                whole("hello, there"),
            ),
            ("0\r\n\r\n", whole("")),
            ("5\r\nhel", broken("hel")),
            ("5\r\nhello\r\n", broken("hello")),
            ("5\r\nhelloworld", broken("hello")),
            ("hello\r\nworld", Chunked::Plain),
            ("+5\r\nhello\r\n0\r\n", Chunked::Plain),
            ("", Chunked::Plain),
        ];
        for (wire, expected) in cases {
            assert_eq!(unchunk(wire.as_bytes()), expected, "{wire}");
        }
    }
}
