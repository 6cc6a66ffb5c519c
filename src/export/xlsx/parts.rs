//! The parts of a workbook that are not sheets.

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SHEETS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Their names and texts, for sheets of these names.
pub(super) fn of(sheets: &[String]) -> [(&'static str, String); 5] {
    [
        ("xl/styles.xml", styles()),
        ("xl/workbook.xml", workbook(sheets)),
        ("xl/_rels/workbook.xml.rels", relations(sheets.len())),
        ("_rels/.rels", package()),
        ("[Content_Types].xml", types(sheets.len())),
    ]
}

/// 0 plain, 1 a day, 2 a heading, 3 a text in several lines.
fn styles() -> String {
    format!(
        concat!(
            r#"{}<styleSheet xmlns="{}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>"#,
            r#"<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>"#,
            r#"<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>"#,
            r#"<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>"#,
            r#"<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>"#,
            r#"<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>"#,
            r#"<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#
        ),
        HEAD, MAIN
    )
}

fn workbook(sheets: &[String]) -> String {
    let sheet =
        |(name, number): (&String, usize)| format!(r#"<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>"#);
    let sheets: String = sheets.iter().zip(1..).map(sheet).collect();
    format!(r#"{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>"#)
}

fn relations(sheets: usize) -> String {
    let relation = |number: usize, kind: &str, target: &str| {
        format!(r#"<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
    };
    let mut all: String =
        (1..=sheets).map(|number| relation(number, "worksheet", &format!("worksheets/sheet{number}.xml"))).collect();
    all.push_str(&relation(sheets + 1, "styles", "styles.xml"));
    all.push_str(&relation(sheets + 2, "sharedStrings", "sharedStrings.xml"));
    format!(r#"{HEAD}<Relationships xmlns="{RELATIONS}">{all}</Relationships>"#)
}

fn package() -> String {
    format!(
        r#"{HEAD}<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    )
}

fn types(sheets: usize) -> String {
    let part =
        |name: &str, kind: &str| format!(r#"<Override PartName="/xl/{name}.xml" ContentType="{SHEETS}.{kind}+xml"/>"#);
    let mut all = part("workbook", "sheet.main");
    all.extend((1..=sheets).map(|number| part(&format!("worksheets/sheet{number}"), "worksheet")));
    all.push_str(&part("styles", "styles"));
    all.push_str(&part("sharedStrings", "sharedStrings"));
    format!(
        concat!(
            r#"{}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
            r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
            r#"<Default Extension="xml" ContentType="application/xml"/>{}</Types>"#
        ),
        HEAD, all
    )
}
