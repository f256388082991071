//! Tests of the table reader.

use std::io::Cursor;

use csv::ReaderBuilder;
use proptest::prelude::*;

use super::*;
use crate::outcome::Outcome;

fn table(text: &[u8], size: usize) -> Table {
    let mapping = Mapping::default();
    let (delimiter, _) = sniff(text, &mapping);
    let blocks = Blocks::with_size(Box::new(Cursor::new(text.to_vec())), size);
    Table::new(
        blocks,
        Numbering::new("x.csv".into()),
        delimiter,
        Escape::Detect,
        Arc::new(mapping),
        Arc::default(),
    )
}

const LAYOUT: Cells = Cells::by(b',');

/// Each record as `line|title|body`, or `line!code`.
fn read(text: &[u8], size: usize) -> Vec<String> {
    table(text, size)
        .map(|raw| {
            let line = raw.source.line.unwrap();
            match raw.posting(&Mapping::default()).map_err(|outcome| *outcome) {
                Ok(posting) => {
                    let body: Vec<_> = posting.parts.iter().map(|part| part.text.as_str()).collect();
                    format!("{line}|{}|{}", posting.title.unwrap_or_default(), body.join("+"))
                }
                Err(Outcome::Failed(failed)) => format!("{line}!{}", failed.error.code),
                Err(other) => panic!("{other:?}"),
            }
        })
        .collect()
}

const CASES: &[(&str, &[u8], &[&str])] = &[
        ("plain", b"title,body\nPM,Own it\n", &["2|PM|Own it"]),
        ("no end of line", b"title,body\nPM,Own it", &["2|PM|Own it"]),
        ("tabs and CRLF", b"Job Title\tJob Description\r\nPM\tOwn it\r\n", &["2|PM|Own it"]),
        ("semicolons", b"Titre;Description\nPM;Own, then sell\n", &["2|PM|Own, then sell"]),
        ("named delimiter", b"sep=;\ntitle;body\nPM;x\n", &["3|PM|x"]),
        (
            "quoted newlines and quotes",
            b"body,title\n\"a\n\"\"b\"\"\",PM\nc,d\n",
            &["2|PM|a\n\"b\"", "4|d|c"],
        ),
        ("quote inside a cell", b"title,body\nPM,5\" screen\nPM,x\n", &["2|PM|5\" screen", "3|PM|x"]),
        (
            "quotes behind spaces",
            b"\"title\" , \"body\"\nPM, \"Own it,\nsell it\"\nPMM , \"a \"\"b\"\", c\"\n",
            &["2|PM|Own it,\nsell it", "4|PMM|a \"b\", c"],
        ),
        ("files joined, each with a mark", b"\xef\xbb\xbftitle,body\nPM,x\n\xef\xbb\xbftitle,body\nPMM,y\n", &["2|PM|x", "4|PMM|y"]),
        ("title alone", b"title,salary\nPM,10\nPMM,12\n", &["1!missing-body"]),
        (
            "columns from nested records",
            b"name,jobAd.sections.jobDescription.text,jobAd.sections.qualifications.text\nPM,Own it,Know it\n",
            &["2|PM|Own it+Know it"],
        ),
        ("lists in columns", b"job.title,job.description.0,job.description.1\nPM,x,y\n", &["2|PM|x\ny"]),
        ("blank lines", b"\ntitle,body\n\n\r\nPM,x\n\n", &["5|PM|x"]),
        ("index columns", b",Unnamed: 0,title,body\n0,0,PM,x\n", &["2|PM|x"]),
        ("entities", b"title,body\nR&amp;D PM,x\n", &["2|R&D PM|x"]),
        ("windows-1252", b"title,body\nPM,we\x92re\n", &["2|PM|we’re"]),
        ("several columns", b"title,responsibilities,qualifications\nPM,own,know\n", &["2|PM|own+know"]),
        ("what pandas writes", b"title,body,qualifications\nPM,x,nan\n", &["2|PM|x"]),
        (
            "what R writes",
            b"\"title\",\"body\"\n\"1\",\"PM\",\"x\"\n\"2\",\"PMM\",\"y\"\n",
            &["2|PM|x", "3|PMM|y"],
        ),
        (
            "escaped quotes",
            b"title,body,id\nPM,\"the \\\"best\\\" job,\\nown \\- it \\\\\",1\nPM,\"a \"\"b\"\"\",2\n",
            &["2|PM|the \"best\" job,\nown \\- it \\", "3|PM|a \"b\""],
        ),
        (
            "a backslash at the end",
            b"title,body,id\nPM,\"C:\\\",1\nPM,\"D:\\\",2\n",
            &["2|PM|C:\\", "3|PM|D:\\"],
        ),
        (
            "escaped quotes in paragraphs",
            b"title,body\n\"PM\",\"the \\\"best\\\" job\nis\nhere\"\n\"PMM\",\"a \\\"b\\\"\nc\"\n",
            &["2|PM|the \"best\" job\nis\nhere", "5|PMM|a \"b\"\nc"],
        ),
        (
            "a text without quotes, or with too many",
            b"title,body\nPM,Own it, test it, and ship it\nPMM,\"Own the \"map\", and test it\"\n",
            &["2|PM|Own it, test it, and ship it", "3|PMM|Own the map\", and test it\""],
        ),
        (
            "escaped quotes that leave every row as wide",
            b"title,body\n\"PM\",\"the \\\"best\\\" job\"\n\"\\\"PMM\\\" A\",\"x\"\n",
            &["2|PM|the \"best\" job", "3|\"PMM\" A|x"],
        ),
        (
            "a note behind a text between quotes",
            b"title,body\nPM,\"Own it, and test it\", a note\n",
            &["2|PM|Own it, and test it"],
        ),
        (
            "the posting in an object in a cell",
            b"id,raw\n1,\"{\"\"job\"\":{\"\"title\"\":\"\"PM\"\",\"\"description\"\":\"\"Own it\"\"}}\"\n",
            &["2|PM|Own it"],
        ),
        (
            "the posting in the column of its text",
            b"title,description\n,\"{\"\"title\"\":\"\"PM\"\",\"\"description\"\":\"\"Own it\"\"}\"\n",
            &["2|PM|Own it"],
        ),
        (
            "the posting in a cell",
            b"id,raw\n1,\"{\"\"title\"\":\"\"PM\"\",\"\"description\"\":\"\"Own it\"\"}\"\n",
            &["2|PM|Own it"],
        ),
        ("a comma in the title", b"title,body\nPM, Pay,We look for somebody to own it\n", &["2!wrong-width"]),
        ("nothing, in other words", b"title,company,body\n-1,N/A,x\n", &["2||x"]),
        ("no body", b"title,body\nPM,\nPM\n", &["2|PM|", "3!wrong-width"]),
        ("short and long rows", b"title,body,id\nPM,x\nPM,x,1,2\n", &["2|PM|x", "3|PM|x"]),
        ("unclosed quote", b"title,body\nPM,\"x\nPM,y\n", &["2!unclosed-quote", "3|PM|y"]),
        ("cut in a cell", b"id,title,body\n1,PM,x\n2,PM,\"Own, it\n\nTest\n", &["2|PM|x", "3!unclosed-quote"]),
        (
            "unclosed quote over lines",
            b"id,title,body\n1,PM,\"Own\nTest, ship\n2,PM,y\n",
            &["2!unclosed-quote", "4|PM|y"],
        ),
        (
            "what databases draw around rows",
            b" title | body \n-------+------\n PM | Own it\n\n(1 row)\n",
            &["3|PM| Own it"],
        ),
        ("a count below", b"title,body\nPM,x\n(3 rows affected)", &["2|PM|x"]),
        ("numbered", b"Title,Duty 1,Duty 2,Description\nPM,Own it,Test it,We sail\n", &["2|PM|We sail+Own it+Test it"]),
        (
            "paths with numbers",
            b"title,duties/0,duties/1,description,requirements[0]\nPM,Own it,Test it,We sail,Kind\n",
            &["2|PM|We sail+Own it\nTest it+Kind"],
        ),
        (
            "a body in numbered columns",
            b"Job Title,Job Description 1,Job Description 2\nPM,Own it,Test it\n",
            &["2|PM|Own it+Test it"],
        ),
        ("numbers are no titles", b"position,job,description\n1,PM,x\n", &["2|PM|x"]),
        ("all inside one object", b"jobs/title,jobs/content/0/text,jobs/content/1/text\nPM,x,y\n", &["2|PM|x+y"]),
        (
            "cells that Python printed",
            b"title,description\n\"['PM']\",\"{'id': 1, 'text': 'Own it', 'html': None}\"\n",
            &["2|PM|Own it"],
        ),
        (
            "records of a board, printed",
            b",text,hostedUrl,categories,lists,description\n0,PM,u,\"{'team': 'x'}\",\"[{'text': 'Do', 'content': 'Own it'}]\",We sail\n",
            &["2|PM|We sail+Do+Own it"],
        ),
        (
            "cells of several lines without quotes",
            b"id,title,description\n1,PM,Own it\n\nYou\n- test, ship\n- learn\n2,PMM,Sell it\nAnd\n- more,\nand more\n- and more\n",
            &["2|PM|Own it\n\nYou\n- test, ship\n- learn", "7|PMM|Sell it\nAnd\n- more,\nand more\n- and more"],
        ),
        ("no known column", b"a,b\n1,2\n3,4\n", &["1!missing-body"]),
        ("header alone", b"title,body\n", &[]),
        ("nothing", b"", &[]),
    ];

#[test]
fn rows_become_postings_whatever_the_block_size() {
    for (name, text, expected) in CASES {
        for size in [1, 5, 4096] {
            assert_eq!(read(text, size), *expected, "{name} in blocks of {size}");
        }
    }
}

#[test]
fn a_table_without_known_columns_names_those_it_has() {
    let raw = table(b"beruf,ort\nPM,Bonn\n", 64).next().unwrap();
    assert_eq!(raw.text(), "no body among the fields beruf, ort; name it with --map body=FIELD");
}

#[test]
fn a_table_without_a_column_of_titles_is_counted() {
    let untitled = |text: &[u8]| {
        let mut table = table(text, 64);
        let tally = Arc::clone(&table.tally);
        assert!(table.next().is_some());
        tally.untitled_tables()
    };
    assert_eq!(untitled(b"beruf,body\nPM,x\n"), 1);
    assert_eq!(untitled(b"title,body\nPM,x\n"), 0);
}

proptest! {
    #[test]
    fn rows_are_those_of_the_csv_crate(text in "[a,\"\r\n ]{0,60}") {
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let expected: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        let mut found = Vec::new();
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let end = match row_end(rest.as_bytes(), LAYOUT) {
                RowEnd::At(end) => end,
                // The crate takes what is left of an unclosed quote as a cell; the reader reports it.
                RowEnd::Beyond { .. } => rest.len(),
            };
            let (row, after) = rest.split_at(end);
            if !row.chars().all(|c| matches!(c, '\r' | '\n')) {
                found.push(LAYOUT.cut(row).iter().map(str::to_owned).collect::<Vec<_>>());
            }
            rest = after;
        }
        prop_assert_eq!(found, expected);
    }
}
