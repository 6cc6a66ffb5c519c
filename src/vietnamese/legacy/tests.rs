use proptest::prelude::*;

use super::*;
use crate::vietnamese::spelling;

/// Names as lists of a province have them.
const NAMES: [&str; 52] = [
    "Trường Tiểu học Lê Văn Tám",
    "Trường Tiểu học Võ Thị Sáu",
    "Trường Mầm non Hoa Phượng",
    "Trường Mầm non Sơn Ca",
    "Trường THCS Nguyễn Du",
    "Trường THCS Trần Phú",
    "Trường THCS Chu Văn An",
    "Trường THPT Lương Thế Vinh",
    "Trường THPT Nguyễn Thị Minh Khai",
    "Trường Phổ thông dân tộc nội trú Đắk Hà",
    "Trung tâm Giáo dục thường xuyên",
    "Phường Bến Sen",
    "Phường Cầu Kè",
    "Phường Đống Đa",
    "Phường Hồng Bàng",
    "Phường Quỳnh Lôi",
    "Xã Mỹ Lợi",
    "Xã Phó Lợi",
    "Xã Bế Văn Đàn",
    "Xã Phước Lộc",
    "Xã Vĩnh Thạnh",
    "Xã Tân Thuận Tây",
    "Xã Ninh Quới",
    "Xã Hựu Thành",
    "Xã Gio Mỹ",
    "Xã Quảng Trạch",
    "Xã Nghĩa Lộ",
    "Xã Giồng Riềng",
    "Xã Khuê Ngọc Điền",
    "Đặc khu Lý Sơn",
    "Lê Văn Tám",
    "Trần Phú",
    "Nguyễn Du",
    "Bế Văn Đàn",
    "Phó Lợi",
    "Nguyễn Văn A",
    "Hoàng Thị Thùy Dương",
    "Đỗ Hữu Quỳnh",
    "Huỳnh Thúc Kháng",
    "Phạm Ngũ Lão",
    "Đoàn Kết",
    "Nguyễn Bỉnh Khiêm",
    "Tôn Đức Thắng",
    "Công lập",
    "Ngoài công lập",
    "Số học sinh tiểu học",
    "Mã trường",
    "Tên trường",
    "Địa chỉ",
    "Họ và tên",
    "Thư điện tử",
    "Ấp Bắc",
];

/// What is no text in an old font.
const OTHERS: [&str; 46] = [
    "Lycée français Yersin",
    "Müller",
    "Ñandú",
    "Château",
    "H'Hen Niê",
    "Y Moan Êban",
    "K'Brơi",
    "Y Nôt",
    "Kon Plông",
    "Krông Nô",
    "Ksor H’Blăm",
    "M'Nông",
    "Pô Kô",
    "Gié Triêng",
    "Kôn",
    "Buôn Hồ",
    "Cư M'gar",
    "Plei Kần",
    "Pác Bó",
    "Trường «Sao Mai»",
    "«Sao Mai»",
    "Hoà An",
    "Lê Lai",
    "Tô Hiệu",
    "Bùi Quang Trinh",
    "Lò Văn Sơn",
    "Sè",
    "Sôn Ca",
    "TH-HOA-MAI",
    "TH-§1",
    "35 m²",
    "5 µm",
    "© 2026",
    "§ 5",
    "2×3",
    "A · B",
    "a@example.vn",
    "Thérèse Noël",
    "Citroën",
    "São Paulo",
    "Søren Bjørn",
    "José Núñez",
    "Köln",
    "Ðông",
    "CÔNG LẬP",
    "Trường Quốc tế Châu Á",
];

fn typed_for_vni(text: &str) -> String {
    let vni = |c: char| {
        let small = lower(c);
        let single = VNI_SINGLE.1.chars().position(|meant| meant == small).and_then(|at| VNI_SINGLE.0.chars().nth(at));
        let pair = || {
            VNI_PAIRS.iter().find_map(|(vowels, marks, meant)| {
                let at = meant.chars().position(|meant| meant == small)?;
                let n = marks.chars().count();
                Some(vec![vowels.chars().nth(at / n)?, marks.chars().nth(at % n)?])
            })
        };
        let typed = single.map(|c| vec![c]).or_else(pair).unwrap_or_else(|| vec![small]);
        typed.into_iter().map(|typed| if c.is_uppercase() { upper(typed) } else { typed }).collect::<String>()
    };
    text.nfc().map(vni).collect()
}

fn typed_for_tcvn3(text: &str) -> String {
    let place = |c: char| TCVN3.1.chars().position(|meant| meant == c).and_then(|at| TCVN3.0.chars().nth(at));
    text.nfc().map(|c| place(c).or_else(|| place(lower(c))).unwrap_or(c)).collect()
}

#[test]
fn names_of_schools_and_wards_are_noticed_in_either_font_and_read_as_they_were_meant() {
    for name in NAMES {
        for typed in [typed_for_vni(name), typed_for_tcvn3(name)] {
            assert!(looks_legacy(&typed), "{typed}");
            assert_eq!(to_unicode(&typed), name, "{typed}");
        }
    }
}

#[test]
fn names_in_capitals_are_read_too() {
    for name in NAMES.map(|name| name.to_uppercase()) {
        for typed in [typed_for_vni(&name), typed_for_tcvn3(&name)] {
            assert_eq!((looks_legacy(&typed), to_unicode(&typed)), (true, name.clone()), "{typed}");
        }
    }
}

#[test]
fn unicode_foreign_names_and_codes_are_left_alone() {
    for text in OTHERS.iter().chain(&NAMES) {
        let apart: String = text.nfd().collect();
        for text in [*text, &apart] {
            assert!(!looks_legacy(text), "{text}");
            assert_eq!(to_unicode(text), text, "{text}");
        }
    }
}

#[test]
fn a_table_with_columns_of_both_kinds_is_read_cell_by_cell() {
    let rows = |write: fn(&str) -> String| {
        let rows = NAMES.map(|name| format!("TH-1,\"{}, \"\"{}\"\"\",Công lập,Lê Lai\n", write(name), write("Số 5")));
        format!("Mã,Tên,Loại hình,Địa chỉ\n\n{}TH-2,{},Công lập,Tô Hiệu\n", rows.concat(), write("Sơn Ca"))
    };
    for write in [typed_for_vni, typed_for_tcvn3] {
        assert_eq!(to_unicode(&rows(write)), rows(str::to_owned));
    }
}

#[test]
fn a_list_in_which_only_some_cells_are_old_keeps_the_others() {
    let list = "TH-A,Trường Sông Lô,x\nTH-B,TRÖÔØNG HOA MAI,y\nTH-C,Sôn La,Château\n";
    assert_eq!(to_unicode(list), "TH-A,Trường Sông Lô,x\nTH-B,TRƯỜNG HOA MAI,y\nTH-C,Sôn La,Château\n");
}

#[test]
fn each_letter_of_the_old_fonts_has_one_of_ours() {
    assert_eq!(TCVN3.0.chars().count(), TCVN3.1.chars().count());
    for (vowels, marks, meant) in VNI_PAIRS {
        assert_eq!(vowels.chars().count() * marks.chars().count(), meant.chars().count(), "{vowels}");
    }
}

/// A syllable with a tone where one can stand.
fn syllables() -> impl Strategy<Value = String> {
    let toned = |(beginning, rime): (&str, &str), tone: Option<char>| {
        let letters: Vec<char> = rime.chars().collect();
        let with = |at: usize| -> String {
            let (before, after) = letters.split_at(at + 1);
            before.iter().chain(&tone).chain(after).copied().nfc().collect()
        };
        let words: Vec<String> = (0..letters.len()).map(|at| format!("{beginning}{}", with(at))).collect();
        words.into_iter().find(|word| spelling::is_syllable(word))
    };
    let tones = [None, Some('\u{300}'), Some('\u{301}'), Some('\u{303}'), Some('\u{309}'), Some('\u{323}')];
    let bare = proptest::sample::select(spelling::all_bare());
    (bare, proptest::sample::select(tones.to_vec())).prop_filter_map("the tone fits", move |(b, t)| {
        // a letter on its own stays what it looks like
        toned(b, t).filter(|word| word.chars().count() > 1)
    })
}

proptest! {
    #[test]
    fn whatever_is_typed_after_the_word_for_school_is_read_back(words in prop::collection::vec(syllables(), 1..6)) {
        let name = format!("Trường {}", words.join(" "));
        for typed in [typed_for_vni(&name), typed_for_tcvn3(&name)] {
            prop_assert!(looks_legacy(&typed), "{}", typed);
            prop_assert_eq!(to_unicode(&typed), name.clone());
        }
    }

    #[test]
    fn no_syllable_of_unicode_is_taken_for_an_old_font(words in prop::collection::vec(syllables(), 1..4)) {
        let name = words.join(" ");
        prop_assert!(!looks_legacy(&name), "{}", name);
        prop_assert_eq!(to_unicode(&name), name);
    }

    #[test]
    fn nothing_that_is_sent_stops_the_program(text: String) {
        to_unicode(&text);
    }
}
