use std::io::Cursor;
use std::sync::Arc;

use bytes::Bytes;
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::record::Field;
use parquet::schema::parser::parse_message_type;
use proptest::prelude::*;

use super::{Rows, Table, Writer};
use crate::format::{Item, Options, Output, write};

const SCHEMA: &str = "message pages {
    optional int64 id;
    optional binary text (STRING);
    required binary url (STRING);
}";

/// A row: its text, or null. Its number is its id; every third has none.
type Row = Option<String>;

/// A table of row groups.
fn table(groups: &[Vec<Row>]) -> Bytes {
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let properties = WriterProperties::builder().set_data_page_row_count_limit(3);
    let mut out =
        SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties.build())).unwrap();
    for group in groups {
        let mut rows = out.next_row_group().unwrap();
        let bytes = |text: &String| ByteArray::from(text.clone().into_bytes());

        let ids = 0..i64::try_from(group.len()).unwrap();
        let levels: Vec<i16> = ids.clone().map(|id| i16::from(id % 3 > 0)).collect();
        let ids: Vec<i64> = ids.filter(|id| id % 3 > 0).collect();
        let mut column = rows.next_column().unwrap().unwrap();
        let typed = column.typed::<Int64Type>();
        typed.write_batch(&ids, Some(&levels), None).unwrap();
        column.close().unwrap();

        let levels: Vec<i16> = group.iter().map(|text| i16::from(text.is_some())).collect();
        let texts: Vec<ByteArray> = group.iter().flatten().map(bytes).collect();
        let mut column = rows.next_column().unwrap().unwrap();
        let typed = column.typed::<ByteArrayType>();
        typed.write_batch(&texts, Some(&levels), None).unwrap();
        column.close().unwrap();

        let urls: Vec<ByteArray> = group.iter().map(|_| ByteArray::from("a")).collect();
        let mut column = rows.next_column().unwrap().unwrap();
        let typed = column.typed::<ByteArrayType>();
        typed.write_batch(&urls, None, None).unwrap();
        column.close().unwrap();
        rows.close().unwrap();
    }
    Bytes::from(out.into_inner().unwrap())
}

fn options(max_document_bytes: usize) -> Options {
    Options {
        max_document_bytes,
        ..Options::default()
    }
}

fn items(table: &Arc<Table<Bytes>>, options: &Options) -> Vec<Item> {
    let mut rows = Rows::new(table.clone(), options);
    let mut items = Vec::new();
    while let Some(item) = rows.next().unwrap() {
        items.push(item);
    }
    items
}

/// The table written again, `clean` put to each text or part.
fn rebuilt(file: &Bytes, options: &Options, clean: impl Fn(&str) -> String) -> Bytes {
    let table = Table::open(file.clone(), "text").unwrap();
    let make_file = || Ok(Cursor::new(Vec::new()));
    let mut writer = Writer::new(table.clone(), Vec::new(), make_file).unwrap();
    for item in items(&table, options) {
        let mut cells = Vec::new();
        match item {
            Item::Record(record) => {
                let text = clean(std::str::from_utf8(&record.body).unwrap());
                write(&record, None, &text, Output::Same, &mut cells);
            }
            Item::Other { bytes, .. } => cells = bytes,
            other => panic!("{other:?}"),
        }
        writer.put(&cells).unwrap();
    }
    Bytes::from(writer.finish().unwrap())
}

/// What another reader sees: the rows, group by group.
fn rows(file: &Bytes) -> Vec<Vec<Vec<Field>>> {
    let reader = SerializedFileReader::new(file.clone()).unwrap();
    let groups = (0..reader.num_row_groups()).map(|group| {
        let group = reader.get_row_group(group).unwrap();
        let rows = group.get_row_iter(None).unwrap();
        rows.map(|row| {
            row.unwrap()
                .into_columns()
                .into_iter()
                .map(|(_, field)| field)
                .collect()
        })
        .collect()
    });
    groups.collect()
}

fn groups() -> impl Strategy<Value = Vec<Vec<Row>>> {
    let row = prop_oneof![
        1 => Just(None),
        6 => "[a-zäß \u{4e00}.\n]{0,60}".prop_map(Some),
    ];
    proptest::collection::vec(proptest::collection::vec(row, 0..80), 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn nothing_is_lost(groups in groups(), limit in 16usize..100) {
        let file = table(&groups);
        let found = rebuilt(&file, &options(limit), str::to_owned);
        prop_assert_eq!(rows(&found), rows(&file));
    }

    #[test]
    fn only_texts_change_and_each_in_its_row(groups in groups()) {
        let file = table(&groups);
        let found = rows(&rebuilt(&file, &options(1 << 20), |text| text.replace(' ', "")));
        for (group, texts) in rows(&file).into_iter().enumerate() {
            for (row, mut fields) in texts.into_iter().enumerate() {
                if let Field::Str(text) = &fields[1] {
                    fields[1] = Field::Str(text.replace(' ', ""));
                }
                prop_assert_eq!(&found[group][row], &fields);
            }
        }
    }

    #[test]
    fn memory_is_bounded_and_rows_are_numbered(groups in groups(), limit in 16usize..100) {
        let table = Table::open(table(&groups), "text").unwrap();
        let texts = groups.iter().flatten().enumerate().filter(|(_, text)| text.is_some());
        let mut lines = Vec::new();
        for item in items(&table, &options(limit)) {
            if let Item::Record(record) = item {
                prop_assert!(record.body.len() <= limit);
                if record.part.index == 0 {
                    lines.push(record.line);
                }
            }
        }
        prop_assert_eq!(lines, texts.map(|(row, _)| row as u64 + 1).collect::<Vec<u64>>());
    }

    #[test]
    fn damage_is_told_once(groups in groups(), at in 0.0..1.0f64, damage in 1u8..) {
        let mut bytes = table(&groups).to_vec();
        let at = (at * bytes.len() as f64) as usize;
        bytes[at] ^= damage;
        if let Ok(table) = Table::open(Bytes::from(bytes), "text") {
            let mut rows = Rows::new(table, &Options::default());
            while let Ok(Some(_)) = rows.next() {}
            prop_assert!(matches!(rows.next(), Ok(None)));
        }
    }
}

#[test]
fn what_is_held_goes_to_files_and_comes_back() {
    let made = std::cell::Cell::new(0);
    let make_file = || {
        made.set(made.get() + 1);
        Ok(Cursor::new(Vec::new()))
    };
    let mut spool = super::spool::Spool::new(10, make_file);
    for round in 1..4 {
        for piece in ["abcdef", "ghijkl", "", "mnopqrstuvwxyz", "0123"] {
            spool.push(piece.as_bytes()).unwrap();
        }
        let all = std::io::read_to_string(spool.take().unwrap()).unwrap();
        assert_eq!(all, "abcdefghijklmnopqrstuvwxyz0123");
        assert_eq!(made.get(), round);
    }
    spool.push(b"small").unwrap();
    assert_eq!(
        std::io::read_to_string(spool.take().unwrap()).unwrap(),
        "small"
    );
    assert_eq!(made.get(), 3);
}

#[test]
fn columns_are_found_by_name_and_path() {
    let file = table(&[vec![Some("Rain.".to_owned())]]);
    assert!(Table::open(file.clone(), "url").is_ok());
    for (field, told) in [
        (
            "body",
            "no column `body` (its texts are `text`, `url`: name one as the text field)",
        ),
        (
            "id",
            "column `id` holds no texts (name another as the text field)",
        ),
    ] {
        let error = Table::open(file.clone(), field).unwrap_err();
        assert_eq!(error.to_string(), told);
    }
    let table = Table::open(file, "text").unwrap();
    let [Item::Record(record)] = &items(&table, &Options::default())[..] else {
        panic!("one row")
    };
    assert_eq!(
        (record.id.as_deref(), record.url.as_deref()),
        (None, Some("a"))
    );
}
