//! Small modules are for whoever reads them; a phone gets one file. A browser asks for what a script imports only when it has
//! read the script, which on a slow network is a second of waiting, and small files compress badly.
//!
//! Understood is what the modules in `public/` write: `import { a, b } from "./name.js";` and `import "./name.js";` on a line,
//! `export const`, `export function` and `export async function` at the start of one. No module may import in a circle.

use std::collections::BTreeMap;

/// The script with everything that it imports in front of it.
pub(super) fn joined(name: &str, sources: &BTreeMap<String, String>) -> String {
    let mut order = Vec::new();
    collect(name, sources, &mut order);
    let modules = order.iter().filter_map(|module| Some((*module, sources.get(*module)?)));
    let mut whole = String::new();
    for (module, source) in modules {
        let (body, exports) = bound(source);
        if module == name {
            whole.push_str(&body);
        } else {
            let body = body.replace("\nexport ", "\n");
            let exports = exports.join(",");
            whole.push_str(&format!("const {} = (() => {{\n{body}\nreturn {{{exports}}};\n}})();\n", variable(module)));
        }
    }
    whole
}

/// What a script imports, directly or not, each before those that need it.
fn collect<'a>(name: &'a str, sources: &'a BTreeMap<String, String>, order: &mut Vec<&'a str>) {
    let Some(source) = sources.get(name).filter(|_| !order.contains(&name)) else { return };
    for (_, imported) in source.lines().filter_map(import) {
        collect(imported, sources, order);
    }
    order.push(name);
}

/// The body with its imports taken from the modules in front of it, and the names that it exports.
fn bound(source: &str) -> (String, Vec<&str>) {
    let mut body = String::from("\n");
    let mut exports = Vec::new();
    for line in source.lines() {
        match import(line) {
            Some(("", _)) => {}
            Some((names, module)) => body.push_str(&format!("const {names} = {};\n", variable(module))),
            None => {
                exports.extend(exported(line));
                body.push_str(line);
                body.push('\n');
            }
        }
    }
    (body, exports)
}

/// Names in braces, and the file they come from.
fn import(line: &str) -> Option<(&str, &str)> {
    let (names, file) = line.strip_prefix("import ")?.trim_end_matches(';').rsplit_once("\"./")?;
    Some((names.trim_end().trim_end_matches("from").trim_end(), file.strip_suffix('"')?))
}

fn exported(line: &str) -> Option<&str> {
    let declared = line.strip_prefix("export ")?;
    let declared = declared.strip_prefix("async ").unwrap_or(declared);
    let name = declared.strip_prefix("const ").or_else(|| declared.strip_prefix("function "))?;
    name.split(|sign: char| !(sign.is_alphanumeric() || sign == '_' || sign == '$')).next()
}

/// A name of its own for what a module exports.
fn variable(file: &str) -> String {
    format!("${}", file.trim_end_matches(".js").replace('-', "_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_comes_with_what_it_imports_each_once_and_in_order() {
        let source = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let sources = BTreeMap::from([
            source("a.js", "import { b, c } from \"./b.js\";\nimport \"./side-effect.js\";\nb(c);"),
            source("b.js", "import { d } from \"./d.js\";\nexport const c = d;\nexport function b(x) {}"),
            source("d.js", "const own = 1;\nexport const d = own;"),
            source("side-effect.js", "import { d } from \"./d.js\";\nd.e = 2;"),
        ]);
        let whole = joined("a.js", &sources);
        assert!(!whole.contains("import") && !whole.contains("export"), "{whole}");
        let places = ["const $d = ", "return {d}", "const $b = ", "return {c,b}", "const { b, c } = $b;", "b(c);"];
        let found: Vec<_> = places.iter().map(|part| whole.find(part)).collect();
        assert!(found.is_sorted() && found[0].is_some(), "{found:?} in {whole}");
        assert_eq!(whole.matches("const own").count(), 1);
        assert!(joined("d.js", &sources).contains("export const d"), "what is asked for by itself still exports");
    }
}
