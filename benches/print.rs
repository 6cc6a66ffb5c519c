//! How long 200 posters take: `cargo bench --bench print`.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::time::Instant;

use langnghe::document::{Poster, a4, pdf};

const MANY: usize = 200;

fn poster(n: usize) -> Poster {
    let text = str::to_owned;
    let code = format!("A{n:05}").replace('0', "X").replace('1', "Y");
    Poster {
        owner: text("Sở Giáo dục và Đào tạo tỉnh An Lành"),
        title: format!("Mời cho ý kiến về Trường Tiểu học Hoa Mai số {n}"),
        unit: None,
        lead: text("Ý kiến được tổng hợp chung, không hỏi tên, để biết việc nào nên làm trước."),
        url: format!("https://langnghe.example.vn/k/{code}"),
        code,
        scan: text("Quét bằng Zalo hoặc máy ảnh của điện thoại"),
        or: text("hoặc mở"),
        slip: None,
        promises: ["Khoảng 5 phút", "Không hỏi tên", "Không ảnh hưởng"]
            .map(|word| (text(word), text("dù trả lời thế nào"))),
        until: (text("Nhận phiếu đến"), text("22:00 ngày 10/12/2026")),
        contact: text("Cần giúp: Phòng Khảo thí. Không ai được đòi xem phiếu hay ảnh chụp màn hình."),
        foot: format!("Tờ dành cho: Nhà trường · số {n}"),
    }
}

fn main() {
    let posters: Vec<Poster> = (0..MANY).map(poster).collect();
    for what in ["cold", "warm"] {
        let begin = Instant::now();
        let bytes = pdf::write("Áp phích", "vi", posters.iter().map(a4)).unwrap();
        println!("{MANY} posters, {what}: {:?}, {} bytes", begin.elapsed(), bytes.len());
    }
}
